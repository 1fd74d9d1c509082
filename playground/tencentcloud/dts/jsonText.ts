import { type Refusal, refusal } from '../endpoint/refusal';

/** The value a parameter holds as JSON text. */
export type JsonText = { readonly kind: 'json'; readonly value: unknown } | Refusal;

/** Reads `text`, the parameter `name`; InvalidParameterValue.DataConvertError if it is no JSON. */
export function jsonText(name: string, text: string): JsonText {
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return refusal(
      'InvalidParameterValue.DataConvertError',
      `The parameter \`${name}\` is not JSON.`,
    );
  }
}

import { type Refusal, refusal } from '../endpoint/refusal';

/** The value of a parameter that contains JSON text. */
export type JsonText = { readonly kind: 'json'; readonly value: unknown } | Refusal;

/**
 * Reads `text` of the parameter `name`. Returns InvalidParameterValue.DataConvertError if it isn't
 * JSON.
 */
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

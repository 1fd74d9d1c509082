import type { JsonObject } from '../slack/json';
import type { StateValues } from '../slack/workspace/view';

/** Names of inputs and parameters that contain a secret. */
const SECRET = /(^|\.)(Password|AccessKey|SecretString)$/;

const HIDDEN = '[secret]';

/** Hides the text of every secret parameter, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]): [string, unknown] => {
      const isHidden = SECRET.test(key) && typeof inner === 'string' && inner !== '';
      return [key, isHidden ? HIDDEN : withoutSecrets(inner)];
    }),
  );
}

/** Removes typed secrets from state values. They stay in the page until the form is submitted. */
export function withoutTypedSecrets(values: StateValues): StateValues {
  return Object.fromEntries(
    Object.entries(values).map(([blockId, inputs]) => [
      blockId,
      SECRET.test(blockId)
        ? Object.fromEntries(
            Object.entries(inputs).map(([actionId, value]): [string, JsonObject] => [
              actionId,
              'value' in value ? { ...value, value: null } : value,
            ]),
          )
        : inputs,
    ]),
  );
}

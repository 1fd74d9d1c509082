import { z } from 'zod';
import { en } from '../../src/i18n/en/messages';
import type { Messages } from '../../src/i18n/locales';
import type { Text } from '../../src/i18n/text';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
const text = z.custom<Text>(
  (value) => Array.isArray(value) && value.every((each) => isRecord(each) && 'kind' in each),
);

/** An argument of a text, as short as possible. */
function argument(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 16);
  if (typeof value === 'function') return 'a function';
  const read = text.safeParse(Array.isArray(value) ? value : [value]);
  if (read.success && read.data.length > 0) {
    const parts = read.data.map(({ kind, ...part }) =>
      kind === 'text' && 'text' in part
        ? part.text
        : `${kind} ${Object.values(part).map(argument).join(' ')}`,
    );
    return parts.join(' + ');
  }
  if (Array.isArray(value)) return `[${value.map(argument).join(', ')}]`;
  if (!isRecord(value)) return String(value);
  return `{${Object.entries(value)
    .map(([name, each]) => `${name}: ${argument(each)}`)
    .join(', ')}}`;
}

/** Replaces each text by its name in the catalogue, with its arguments. */
function named(value: unknown, name: string): unknown {
  if (typeof value === 'string') return `‹${name}›`;
  if (typeof value === 'function') {
    return (...given: unknown[]): unknown => {
      const said: unknown = value(...given);
      const call = `${name}(${given.map(argument).join(', ')})`;
      return text.safeParse(said).success
        ? [{ kind: 'text', text: `‹${call}›` }]
        : named(said, call);
    };
  }
  if (Array.isArray(value)) return value.map((each, index) => named(each, `${name}.${index}`));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      named(each, name === '' ? key : `${name}.${key}`),
    ]),
  );
}

/**
 * A catalogue whose texts are their own names, such as `‹card.approve›`, so that a test shows which
 * words a view uses, with which values, whatever they say.
 */
export const namedWords: Messages = z.custom<Messages>(isRecord).parse(named(en, ''));

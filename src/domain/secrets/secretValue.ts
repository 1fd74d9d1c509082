import { z } from 'zod';
import { secretText } from '../migration/checks';

/** Why a stored value is not a password. It names keys of the value, but no other part of it. */
export const valueFlaw = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty') }),
  /** The bytes aren't UTF-8. */
  z.object({ kind: z.literal('not_text') }),
  /**
   * The value has characters that nobody can type: line breaks, control characters, invisible
   * characters.
   */
  z.object({ kind: z.literal('untypable') }),
  /** The value begins like JSON but isn't valid. */
  z.object({ kind: z.literal('broken_json') }),
  z.object({ kind: z.literal('json_list') }),
  /** The value is a URL with more than a password, such as `mysql://user:password@host`. */
  z.object({ kind: z.literal('url') }),
  z.object({ kind: z.literal('no_password_key'), keys: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal('several_password_keys'), keys: z.array(z.string()).readonly() }),
  /** The password key's value isn't text. */
  z.object({ kind: z.literal('password_not_text'), keys: z.array(z.string()).readonly() }),
]);
export type ValueFlaw = z.infer<typeof valueFlaw>;

export function keysOf(flaw: ValueFlaw): readonly string[] {
  switch (flaw.kind) {
    case 'no_password_key':
    case 'several_password_keys':
    case 'password_not_text':
      return flaw.keys;
    case 'empty':
    case 'not_text':
    case 'untypable':
    case 'broken_json':
    case 'json_list':
    case 'url':
      return [];
    default:
      return flaw satisfies never;
  }
}

export type ReadValue =
  | { ok: true; password: string; user: string | undefined }
  | { ok: false; flaw: ValueFlaw };

/**
 * Reads the password from a stored value: the whole value without one trailing line break, or the
 * only key of a JSON object that looks like a password. `user` is the account that the object
 * names.
 */
export function readSecretValue(value: string): ReadValue {
  const text = withoutLineBreak(value);
  const trimmed = text.trim();
  const object = /^[{[]/.test(trimmed) ? readJson(trimmed) : undefined;
  if (object === 'broken') return flawed({ kind: 'broken_json' });
  if (Array.isArray(object)) return flawed({ kind: 'json_list' });
  if (object !== undefined) return readAccount(object, trimmed);
  if (/^[a-z][a-z0-9+.:-]*:\/\/\S/i.test(trimmed)) return flawed({ kind: 'url' });
  return readPassword(text, undefined);
}

const flawed = (flaw: ValueFlaw): ReadValue => ({ ok: false, flaw });

const withoutLineBreak = (text: string): string => text.replace(/(\r\n|\n|\r)$/, '');

/** A default-ignorable character is invisible in every font, so it was pasted by accident. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const noLimit = secretText(Number.POSITIVE_INFINITY);

function readPassword(password: string, user: string | undefined): ReadValue {
  if (password.trim() === '') return flawed({ kind: 'empty' });
  return noLimit(password) !== undefined || invisible.test(password)
    ? flawed({ kind: 'untypable' })
    : { ok: true, password, user };
}

/** `undefined` for text that only begins with a bracket, as a password may. */
function readJson(text: string): object | 'broken' | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    return /^(\{\s*(["'\u201c\u2018]|\w+\s*:)|\[\s*[{"'])/.test(text) ? 'broken' : undefined;
  }
}

function readAccount(account: object, text: string): ReadValue {
  const every = keysIn(text);
  const keys = every.slice(0, mostKeys).map((key) => key.slice(0, longestKey));
  const passwordKeys = every.filter((key) => passwordKey.test(normal(key)));
  const [key, ...others] = passwordKeys;
  if (key === undefined) return flawed({ kind: 'no_password_key', keys });
  if (others.length > 0) return flawed({ kind: 'several_password_keys', keys });
  const password: unknown = Reflect.get(account, key);
  if (typeof password !== 'string') return flawed({ kind: 'password_not_text', keys });
  const users = Object.entries(account).filter(([name]) => userKey.test(normal(name)));
  const user: unknown = users.length === 1 ? users[0]?.[1] : undefined;
  return readPassword(
    withoutLineBreak(password),
    typeof user === 'string' && user !== '' ? user : undefined,
  );
}

const passwordKey = /(password|passwd|passphrase|pwd|密码)$|^(db)?(pass|pw)$/;
const userKey = /(user|username|用户名|账号)$|^(login|account|accountname)$/;
const mostKeys = 20;
const longestKey = 40;

const normal = (key: string): string => key.toLowerCase().replace(/[\s_.-]/g, '');

/** Lists all keys at all depths, including duplicates, which `JSON.parse` drops. */
function keysIn(json: string): string[] {
  return [...json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, key = '', colon]) => {
    const read: unknown = colon === undefined ? undefined : JSON.parse(key);
    return typeof read === 'string' ? [read] : [];
  });
}

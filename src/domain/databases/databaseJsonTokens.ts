import { failure, type Result, success } from '../result';
import { signAt } from '../text/typedText';
import type { DatabaseInfoProblem } from './databaseInfoProblem';
import { bareNameAt, type DatabaseNaming } from './databaseNaming';

/** A sign, or a name without its quotes. The last token is `end`. */
export interface JsonToken {
  kind: '[' | ']' | '{' | '}' | ':' | ',' | 'bare' | 'quoted' | 'end';
  text: string;
  line: number;
}

/** Signs, and the star, which no name may be. */
const signs: ReadonlyMap<string, JsonToken['kind']> = new Map([
  ['[', '['],
  [']', ']'],
  ['{', '{'],
  ['}', '}'],
  [':', ':'],
  [',', ','],
  ['*', 'bare'],
]);

/** Splits JSON, or the API page's notation without quotes, into tokens. */
export function jsonTokens(
  text: string,
  { dottedTables }: DatabaseNaming,
): Result<readonly JsonToken[], DatabaseInfoProblem> {
  const tokens: JsonToken[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const sign = signs.get(character);
    if (sign !== undefined) {
      tokens.push({ kind: sign, text: character, line });
      at += 1;
    } else if (/["'`]/.test(character)) {
      const end = closingQuote(text, at);
      if (end === undefined) return failure({ line, code: 'unclosed_quote', quote: character });
      const name = unescaped(text.slice(at + 1, end));
      if (!name.ok) return failure({ line, code: 'bad_escape', found: name.problem });
      tokens.push({ kind: 'quoted', text: name.value, line });
      at = end + 1;
    } else if (/\s/.test(character)) {
      if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) line += 1;
      at += 1;
    } else {
      const name = bareNameAt(text, at, dottedTables);
      if (name === undefined) {
        return failure({ line, code: 'odd_character', character: signAt(text, at) });
      }
      tokens.push({ kind: 'bare', text: name, line });
      at += name.length;
    }
  }
  tokens.push({ kind: 'end', text: '', line });
  return success(tokens);
}

/** Finds where the string that begins at `start` ends on the same line. */
function closingQuote(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === text[start]) return at;
    if (character === '\n' || character === '\r') return undefined;
    if (character === '\\') at += 1;
  }
  return undefined;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ...Array.from('"\'`\\/', (character): [string, string] => [character, character]),
]);

/** Decodes JSON escapes, or returns the first invalid escape. */
function unescaped(text: string): Result<string, string> {
  if (!text.includes('\\')) return success(text);
  let badEscape: string | undefined;
  const plain = text.replace(/\\(u[\da-fA-F]{4}|[\s\S])/gu, (written, code: string) => {
    const character =
      code.length === 5
        ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
        : escapes.get(code);
    if (character === undefined) badEscape ??= written;
    return character ?? written;
  });
  return badEscape === undefined ? success(plain) : failure(badEscape);
}

/**
 * Searches text for a secret or a part of one, in every form that a server, library or shell may
 * give it. The text is decoded in all likely ways, up to three times, because encodings can be
 * mixed and a part can begin anywhere.
 */

/** Text may not contain this many consecutive characters of a secret. */
const telltale = 6;

/** Text with more readings than this is treated as if it contained the secret. */
const mostReadings = 600;
const mostRounds = 3;

/**
 * True if the text behind `readings` contains six consecutive characters of the secret, or all of a
 * shorter secret.
 */
export function holdsSecret(readings: TextReadings, secret: string): boolean {
  if (secret === '') return false;
  if (readings === 'too_many') return true;
  const characters = [...secret];
  if (characters.length < telltale) return holdsShort(readings, secret);
  const ofSecret = characters.map(fold);
  const windows = ofSecret
    .slice(telltale - 1)
    .map((_, index) => ofSecret.slice(index, index + telltale));
  const parts = windows.map((window) => window.join(''));
  return readings.some(({ folded: known }) =>
    known.includes(anyCharacter)
      ? windows.some((window) => patternOf(window).test(known))
      : parts.some((part) => known.includes(part)),
  );
}

/** A short secret may be a part of ordinary words, so only whole words match. */
function holdsShort(readings: readonly FoldedReading[], secret: string): boolean {
  const bytes = new TextEncoder().encode(secret);
  const base64 = btoa(String.fromCharCode(...bytes)).replaceAll('=', '');
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const words = [secret, base64, base64.replaceAll('+', '-').replaceAll('/', '_'), hex].map(
    (word) => wordPattern(fold(word)),
  );
  return readings.some(
    ({ folded, isBytes }) => !isBytes && words.some((word) => word.test(folded)),
  );
}

function wordPattern(word: string): RegExp {
  const letter = String.raw`[\p{L}\p{N}_]`;
  const isLetter = new RegExp(letter, 'u');
  const before = isLetter.test(word.charAt(0)) ? `(?<!${letter})` : '';
  const after = isLetter.test(word.slice(-1)) ? `(?!${letter})` : '';
  return new RegExp(`${before}${escapePattern(word)}${after}`, 'u');
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * Ignores case, composition and full-width forms. Each character is folded separately, because
 * normalizing a whole text can reorder the combining marks of a secret.
 */
const fold = (text: string): string => text.replace(foldable, foldOne).toLowerCase();

/**
 * Characters outside ASCII, except U+FFFD: decoded bytes are full of it, and folding doesn't change
 * it.
 */
const foldable = /[\u0080-\ufffc\ufffe-\u{10ffff}]/gu;

const foldOne = (character: string): string =>
  character.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase();

/** Matches any character. It replaces HTML entities that Ferry doesn't decode. */
const anyCharacter = '\uffff';

const patternOf = (window: readonly string[]): RegExp =>
  new RegExp(window.map((each) => `(?:${escapePattern(each)}|${anyCharacter})`).join(''));

interface Reading {
  text: string;
  /** Decoded from bytes, which are mostly not text. */
  isBytes: boolean;
}

interface FoldedReading {
  folded: string;
  isBytes: boolean;
}

/** A text and its decoded forms, ready for the search. */
export type TextReadings = readonly FoldedReading[] | 'too_many';

/** Reads a text in all likely ways, once for all secrets. */
export function readingsOf(text: string): TextReadings {
  const readings = new Map<string, Reading>();
  let newest: Reading[] = [];
  const add = (reading: Reading): void => {
    if (reading.text === '' || readings.has(reading.text)) return;
    readings.set(reading.text, reading);
    newest.push(reading);
  };
  add({ text, isBytes: false });
  for (let round = 0; round < mostRounds; round += 1) {
    const before = newest;
    newest = [];
    for (const { text: known, isBytes } of before) {
      for (const decode of textDecoders) add({ text: decode(known), isBytes });
      for (const decode of byteDecoders) add({ text: decode(known), isBytes: true });
      if (readings.size > mostReadings) return 'too_many';
    }
  }
  return [...readings.values(), { text: afterEntities(text), isBytes: false }].map(
    ({ text: reading, isBytes }) => ({ folded: fold(reading), isBytes }),
  );
}

/** Decodes UTF-8. Incomplete characters become U+FFFD. */
const utf8 = (bytes: readonly number[]): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));

const bytesIn = (digits: string): number[] =>
  (digits.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));

const character = (digits: string, radix: number): string => {
  const codePoint = Number.parseInt(digits, radix);
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '';
};

/**
 * HTML entities of ASCII and of other characters on keyboards. Other entities match any character.
 */
const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', excl: '!', num: '#' },
    ...{ dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*', midast: '*', plus: '+' },
    ...{ comma: ',', period: '.', sol: '/', colon: ':', semi: ';', equals: '=', quest: '?' },
    ...{ commat: '@', lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', hat: '^' },
    ...{ lowbar: '_', underbar: '_', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|' },
    ...{ rcub: '}', rbrace: '}', hyphen: '-', dash: '-', tilde: '~', tab: '\t', newline: '\n' },
  }),
);

const entity = (_: string, hex: string, decimal: string, name: string): string => {
  if (hex) return character(hex, 16);
  if (decimal) return character(decimal, 10);
  return entities.get(name.toLowerCase()) ?? anyCharacter;
};

const writtenEntity = /&#x([0-9a-f]{1,6});?|&#([0-9]{1,7});?|&([a-z][a-z0-9]{1,31});/gi;
const longestEntity = 34;

const withoutEntities = (text: string): string => text.replace(writtenEntity, entity);

/**
 * What looks like an entity may contain the beginning of a part, as in `&` before `Aa;"`. Each is
 * kept as it is once, with the rest decoded.
 */
const afterEntities = (text: string): string =>
  Array.from(text.matchAll(writtenEntity), ({ 0: kept, index }) => {
    const end = index + kept.length;
    return kept + withoutEntities(text.slice(end, end + telltale * longestEntity));
  }).join('\n');

const cEscapes: ReadonlyMap<string, string> = new Map(
  Object.entries({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07', 0: '\0' }),
);

const numeric = String.raw`\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|((?:\\x[0-9a-f]{2})+)|((?:\\[0-3][0-7]{2})+)`;
/** A backslash before an escape may not belong to it, so both readings are tried. */
const numericEscapes = new RegExp(numeric, 'gi');
const allEscapes = new RegExp(String.raw`${numeric}|\\(.)`, 'gis');

/** Decodes `\u00f1`, `\x41`, `\101`, and the letters in `escapes`, such as `\n`. */
const unescaped = (
  text: string,
  escapes: RegExp,
  ofBytes: (bytes: readonly number[]) => string,
): string =>
  text.replace(
    escapes,
    (
      _,
      braced: string | undefined,
      four: string | undefined,
      hex: string | undefined,
      octal: string | undefined,
      other: string | number | undefined,
    ) => {
      if (braced !== undefined) return character(braced, 16);
      if (four !== undefined) return character(four, 16);
      if (hex !== undefined) return ofBytes(bytesIn(hex));
      if (octal !== undefined) {
        return ofBytes((octal.match(/[0-7]{3}/g) ?? []).map((each) => Number.parseInt(each, 8)));
      }
      const itself = String(other ?? '');
      return cEscapes.get(itself) ?? itself;
    },
  );

const latin1 = (bytes: readonly number[]): string => String.fromCharCode(...bytes);

const textDecoders: readonly ((text: string) => string)[] = [
  // `escape`, percent-encoding and quoted-printable. One pass decodes the first two, because a
  // decoded `%` may come before digits.
  (text) =>
    text.replace(/%u([0-9a-f]{4})|(?:%[0-9a-f]{2})+/gi, (run, digits: string | undefined) =>
      digits === undefined ? utf8(bytesIn(run)) : character(digits, 16),
    ),
  (text) => text.replace(/(?:=[0-9a-f]{2})+/gi, (run) => utf8(bytesIn(run))),
  (text) => text.replaceAll('+', ' '),
  withoutEntities,
  // With `&#` the beginning of a value could become a number.
  (text) => text.replace(/()()&([a-z][a-z0-9]{1,31});/gi, entity),
  (text) => unescaped(text, allEscapes, utf8),
  (text) => unescaped(text, allEscapes, latin1),
  (text) => unescaped(text, numericEscapes, utf8),
  // A quotation mark in a quoted string: `'\''` and `'"'"'` in a shell, `''` in SQL, `""` in CSV.
  // Each is decoded separately, because a quotation mark before a value may look like part of
  // another one.
  (text) => text.replaceAll("'\\''", "'"),
  (text) => text.replaceAll(`'"'"'`, "'"),
  (text) => text.replaceAll("''", "'"),
  (text) => text.replaceAll('""', '"'),
  // Escapes of shells, cmd.exe and PowerShell.
  (text) => text.replace(/\\(.)/gs, '$1'),
  (text) => text.replace(/\^(.)/gs, '$1'),
  (text) => text.replace(/`(.)/gs, '$1'),
];

/** Six bytes in Base64 take eight characters. */
const base64Run = /[a-z0-9+/_-]{8,}/gi;
const hexRun = /[0-9a-f]{2}(?:[\s:,.-]{0,2}(?:0x|\\x)?[0-9a-f]{2}){5,}[0-9a-f]?/gi;

const byteDecoders: readonly ((text: string) => string)[] = [
  (text) => decodeBase64(text),
  // Base64 in several lines.
  (text) => decodeBase64(text.replace(/\s+/g, '')),
  (text) =>
    (text.match(hexRun) ?? [])
      .map((run) => run.replace(/0x|\\x|[^0-9a-f]/gi, ''))
      .flatMap((digits) => [digits, digits.slice(1)])
      .map((digits) => utf8(bytesIn(digits)))
      .join('\n'),
];

/** A part can begin at four places of an encoded run. */
const decodeBase64 = (text: string): string =>
  (text.match(base64Run) ?? [])
    .flatMap((run) => [0, 1, 2, 3].map((start) => fromBase64(run.slice(start))))
    .join('\n');

function fromBase64(run: string): string {
  const digits = run.replaceAll('-', '+').replaceAll('_', '/');
  // A single digit doesn't encode a byte.
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  // In UTF-16, every other byte of Latin text is NUL.
  return utf8(Array.from(atob(whole), (each) => each.charCodeAt(0))).replaceAll('\0', '');
}

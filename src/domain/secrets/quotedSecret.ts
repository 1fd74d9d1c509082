import { shown } from './secret';

/**
 * Hides what is quoted where a password usually is, for text that may quote a password that Ferry
 * doesn't know. Hides too much rather than too little: an unquoted value ends at the next space.
 */
export function hideQuoted(text: string): string {
  return places.reduce((known, place) => known.replace(place, `$<before>${shown}`), text);
}

/** A character as it is, percent-encoded any number of times, or as an HTML entity. */
const encoded = (plain: string, hex: string): string => `(?:${plain}|%(?:25)*${hex})`;
const colon = encoded('[:：]|&#58;|&colon;', '3a');
const equals = encoded('=>?|&#61;|&equals;', '3d');
const slash = encoded(String.raw`\\?\/`, '2f');
const at = encoded('@|&#64;|&commat;', '40');
const space = String.raw`(?:\s|%20|\+)*`;
/** A quotation mark, also one in a string that was quoted several times. */
const mark = String.raw`(?:\\*["'\`“‘]|%(?:25)*2[27]|&(?:quot|apos|#0?3[49]);)`;

const anything = String.raw`[\s\S]`;
/** What follows a closing quotation mark. A password may contain one in its middle. */
const afterMark = String.raw`(?=[\s,;:.)}\]&%\\]|$)`;
/** A value with or without quotation marks. A truncated text may lack the closing one. */
const value = String.raw`(?:(?<mark>${mark})(?:${anything}*?\k<mark>${afterMark}|${anything}*)|\S+)`;

/** The end of a key, as in `db_password`, `SrcInfo.Password` and `MYSQL_PWD`. */
const key = `(?:pass(?:word|wd|phrase)?|pwd|pw|secret(?:[ _-]?key)?|access[ _-]?key|auth|token|密码|口令|密钥)`;
/** `(using password: YES)` in an error of MySQL is no password, and people need it. */
const answers = String.raw`(?!(?:YES|NO)\b)`;

/** Everything from the name of a user up to a host: `root:password@host`. */
const user = String.raw`(?<![\w.%+-])[\w.%+-]*?`;
/** `://host:3306` has a port, not a password. */
const port = String.raw`\d{1,5}(?![^\s,;:?"')\]}/]|%(?:25)*40)`;

const pattern = (before: string, hidden: string, flags = 'gi'): RegExp =>
  new RegExp(`(?<before>${before})${hidden}`, flags);

const places: readonly RegExp[] = [
  // `mongodb://root:password@host`, also cut before the `@`.
  pattern(
    String.raw`${colon}${slash}${slash}[^\s:/@[%]*${colon}`,
    String.raw`(?:\S*(?=${at})|(?!${port})\S+)`,
  ),
  // `root:password@tcp(host:3306)`.
  pattern(`${user}${colon}`, String.raw`(?!${slash}{2})\S+(?=${at})`),
  // `root/password@host`, as Oracle writes it.
  pattern(String.raw`(?<![\w./@-])\w+\/`, String.raw`[^\s/]+(?=@[\w/])`),
  // `"Password":"…"`, `pwd=…`, `password: …`, `PASSWORD('…')`.
  pattern(
    String.raw`${key}${mark}?${space}(?:${colon}|${equals}|\()${equals}?${space}${answers}`,
    value,
  ),
  // `password '…'`, but not `password is wrong`.
  pattern(String.raw`${key}\s+(?=${mark})`, value),
  pattern(String.raw`\bidentified\s+(?:with\s+\S+\s+)?(?:by|as)\s+(?:password\s+)?`, value),
  // Options of clients.
  pattern(String.raw`(?<!\S)--?(?:${key})\s+`, value),
  pattern(String.raw`(?<!\S)-p\s*`, value, 'g'),
  pattern(String.raw`(?<!\S)-P(?!\s*\d{1,5}(?!\S))\s*`, value, 'g'),
  pattern(String.raw`\bredis-cli\b[^\n]*?\s-a\s*`, value),
  // Commands and settings of Redis.
  pattern(String.raw`\b(?:requirepass|masterauth)${mark}?\s+`, value),
  pattern(String.raw`\bAUTH${mark}?\s+`, String.raw`${value}(?:[^\S\n]+\S+)?`, 'g'),
];

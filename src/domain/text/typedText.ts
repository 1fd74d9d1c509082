/**
 * The rule for text that people type and others read on cards, in threads, terminals and
 * spreadsheets. It may not contain invisible characters, reorder the text around it, or look like
 * another line. Ferry can't refuse text from elsewhere (Slack, Tencent Cloud, older records), so
 * `harmless` rewrites that.
 */

/** One line, several lines, or the name of an existing database object. */
export type TextKind = 'line' | 'paragraphs' | 'name';

/** Why a character is refused. */
export type CharacterKind =
  | 'line_break'
  | 'control'
  | 'direction'
  | 'invisible'
  | 'space'
  | 'unassigned';

/**
 * What is wrong with typed text. `codePoint` names the character as `U+202E`, so it is never
 * printed.
 */
export type TextProblem =
  | { code: 'forbidden_character'; kind: CharacterKind; codePoint: string }
  | { code: 'too_many_spaces'; max: number }
  | { code: 'too_many_empty_lines'; max: number }
  | { code: 'too_many_marks'; max: number };

/** Unicode reserves code points for emoji. Until they are assigned, they are refused themselves. */
const pictograph = String.raw`(?!\p{C})\p{Extended_Pictographic}`;

/**
 * Invisible characters that change a visible one before them: a joiner or variation selector in an
 * emoji, and a variation selector after an ideograph.
 */
const accepted = [
  String.raw`(?<=${pictograph}\ufe0f?\p{Emoji_Modifier}?)\u200d(?=${pictograph})`,
  // Unicode classifies the Khitan filler as an ideograph, but it is refused itself.
  String.raw`(?<=${pictograph}|\p{Ideographic})(?<!\u{16fe4})[\ufe00-\ufe0f]`,
  String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
].join('|');

/**
 * `Cf` has the bidirectional controls; `Default_Ignorable_Code_Point` has fillers, variation
 * selectors and tags. The single characters look blank in every font although Unicode classifies
 * them as visible.
 */
const refused = String.raw`\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{13441}\u{13442}\u{16fe4}\u{1d159}`;
const oddSpace = String.raw`(?! )\p{Zs}`;
const lineBreaks = String.raw`\r?\n|\t`;

const patterns: Readonly<Record<TextKind, RegExp>> = {
  line: new RegExp(`(${accepted})|[${refused}]|${oddSpace}`, 'gu'),
  paragraphs: new RegExp(`(${accepted}|${lineBreaks})|[${refused}]|${oddSpace}`, 'gu'),
  name: new RegExp(`(${accepted})|[${refused}]`, 'gu'),
};

/** Burmese puts up to five marks on a letter. Longer stacks overlap the lines around them. */
const mostMarks = 5;
const markRun = /(?<=[\p{Mn}\p{Me}]{5})[\p{Mn}\p{Me}]+/gu;
/** A mark without a letter lands on text by another author. */
const looseMark = /(?<=^|\s)\p{M}/gu;

const mostSpaces: Readonly<Record<TextKind, number>> = { line: 3, paragraphs: 16, name: 3 };
const mostEmptyLines = 3;
const spaceRuns: Readonly<Record<TextKind, RegExp>> = {
  line: /(?<= {3}) +/g,
  paragraphs: /(?<=[ \t]{16})[ \t]+/g,
  name: /(?<=\p{Zs}{3})\p{Zs}+/gu,
};
const emptyLines = /(?<=\n(?:[ \t]*\r?\n){3})(?:[ \t]*\r?\n)+/g;

/** Finds what is wrong with typed text, except its length. */
export function textProblem(text: string, kind: TextKind): TextProblem | undefined {
  for (const [found, isAccepted] of text.matchAll(patterns[kind])) {
    if (isAccepted === undefined) {
      const codePoint = codePointOf(found);
      return { code: 'forbidden_character', kind: kindOf(found), codePoint };
    }
  }
  // `search` ignores the `lastIndex` of a global pattern.
  const has = (pattern: RegExp) => text.search(pattern) >= 0;
  if (has(looseMark) || has(markRun)) {
    return { code: 'too_many_marks', max: mostMarks };
  }
  if (has(spaceRuns[kind])) return { code: 'too_many_spaces', max: mostSpaces[kind] };
  if (kind === 'paragraphs' && has(emptyLines)) {
    return { code: 'too_many_empty_lines', max: mostEmptyLines };
  }
  return undefined;
}

/** Printable ASCII without a run of four spaces, which no rule refuses. */
const plainText = /^(?:[!-~]| (?! {3}))*$/;

/**
 * Makes text safe to show: refused characters become names such as `<U+202E>`, unusual spaces
 * become ordinary ones, and long runs of spaces and marks are cut. Text that passes the rule stays
 * unchanged.
 */
export function harmless(text: string, kind: 'line' | 'paragraphs'): string {
  // Most texts that Ferry draws are plain, and the patterns below take many times longer.
  if (plainText.test(text)) return text;
  return text
    .replace(patterns[kind], (found: string, isAccepted: string | undefined) => {
      if (isAccepted !== undefined) return found;
      return /[\p{Z}\t\n\r]/u.test(found) ? ' ' : `<${codePointOf(found)}>`;
    })
    .replace(markRun, '')
    .replace(looseMark, '\u25cc$&')
    .replace(spaceRuns[kind], '')
    .replace(kind === 'paragraphs' ? emptyLines : /$^/g, '');
}

/** Makes a name safe to show. Unusual spaces appear as code points. */
export function shownName(name: string): string {
  return harmless(
    name.replace(new RegExp(oddSpace, 'gu'), (space) => `<${codePointOf(space)}>`),
    'line',
  );
}

/** The Unicode blocks of right-to-left scripts. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Isolates right-to-left text, so that it can't reorder the text around it. */
export const isolated = (text: string): string =>
  rightToLeft.test(text) ? `\u2068${text}\u2069` : text;

/**
 * Escapes every refused character in JSON, so that a terminal can print it. The parsed value stays
 * the same.
 */
export function terminalJson(json: string): string {
  return json.replace(patterns.line, (found: string, isAccepted: string | undefined) =>
    isAccepted === undefined && !/[\n\p{Zs}]/u.test(found) ? escaped(found) : found,
  );
}

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${hexadecimal(unit.charCodeAt(0))}`)
    .join('');

const hexadecimal = (value: number): string => value.toString(16).padStart(4, '0');

/** The character at `index`, which may take two UTF-16 units. */
export const signAt = (text: string, index: number): string =>
  String.fromCodePoint(text.codePointAt(index) ?? 0xfffd);

export const codePointOf = (character: string): string =>
  `U+${hexadecimal(character.codePointAt(0) ?? 0).toUpperCase()}`;

function kindOf(character: string): CharacterKind {
  if (/[\t-\r\p{Zl}\p{Zp}\u0085]/u.test(character)) return 'line_break';
  if (/\p{Cc}/u.test(character)) return 'control';
  if (/\p{Bidi_Control}/u.test(character)) return 'direction';
  if (/\p{Zs}/u.test(character)) return 'space';
  return /[\p{Cs}\p{Co}\p{Cn}]/u.test(character) && !isIgnorable(character)
    ? 'unassigned'
    : 'invisible';
}

const isIgnorable = (character: string): boolean =>
  /\p{Default_Ignorable_Code_Point}/u.test(character);

/**
 * The rule for text that people type and others read: on a card, in a thread, in a terminal or in a
 * spreadsheet. Nothing in it may be invisible, reorder what is around it, or pass for another line.
 * Text from elsewhere (Slack, Tencent Cloud, older records) cannot be refused; `harmless` rewrites it.
 */

/** One line, several lines, or one name that a database has already given. */
export type TextKind = 'line' | 'paragraphs' | 'name';

/** Why a character is refused. */
export type CharacterKind =
  | 'line_break'
  | 'control'
  | 'direction'
  | 'invisible'
  | 'space'
  | 'unassigned';

/** What is wrong with typed text. `codePoint` names the character as `U+202E`; it is never printed. */
export type TextProblem =
  | { code: 'forbidden_character'; kind: CharacterKind; codePoint: string }
  | { code: 'too_many_spaces'; max: number }
  | { code: 'too_many_empty_lines'; max: number }
  | { code: 'too_many_marks'; max: number };

/**
 * Invisible characters that change what is visible before them: a joiner and a variation selector in
 * an emoji, and a variation selector after an ideograph.
 */
const accepted = [
  String.raw`(?<=\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d(?=\p{Extended_Pictographic})`,
  // The Khitan filler is an ideograph by its properties, but it is refused itself.
  String.raw`(?<=[\p{Extended_Pictographic}\p{Ideographic}])(?<!\u{16fe4})[\ufe00-\ufe0f]`,
  String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
].join('|');

/**
 * `Cf` has the bidirectional controls, and `Default_Ignorable_Code_Point` has fillers, variation
 * selectors and tags. The single ones are blank in every font although Unicode calls them visible.
 */
const refused = String.raw`\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{13441}\u{13442}\u{16fe4}\u{1d159}`;
const oddSpace = String.raw`(?! )\p{Zs}`;
const lineBreaks = String.raw`\r?\n|\t`;

const patterns: Readonly<Record<TextKind, RegExp>> = {
  line: new RegExp(`(${accepted})|[${refused}]|${oddSpace}`, 'gu'),
  paragraphs: new RegExp(`(${accepted}|${lineBreaks})|[${refused}]|${oddSpace}`, 'gu'),
  name: new RegExp(`(${accepted})|[${refused}]`, 'gu'),
};

/** Burmese puts five marks on a letter; a longer stack runs into the lines above and below. */
const mostMarks = 5;
const markRun = /(?<=[\p{Mn}\p{Me}]{5})[\p{Mn}\p{Me}]+/gu;
/** A mark with nothing before it lands on what another author wrote. */
const looseMark = /(?<=^|\s)\p{M}/gu;

const mostSpaces: Readonly<Record<TextKind, number>> = { line: 3, paragraphs: 16, name: 3 };
const mostEmptyLines = 3;
const spaceRuns: Readonly<Record<TextKind, RegExp>> = {
  line: /(?<= {3}) +/g,
  paragraphs: /(?<=[ \t]{16})[ \t]+/g,
  name: /(?<=\p{Zs}{3})\p{Zs}+/gu,
};
const emptyLines = /(?<=\n(?:[ \t]*\r?\n){3})(?:[ \t]*\r?\n)+/g;

/** What is wrong with typed text, if anything. Its length is not judged here. */
export function textProblem(text: string, kind: TextKind): TextProblem | undefined {
  for (const [found, isAccepted] of text.matchAll(patterns[kind])) {
    if (isAccepted === undefined) {
      const codePoint = codePointOf(found);
      return { code: 'forbidden_character', kind: kindOf(found), codePoint };
    }
  }
  // `search` starts at the beginning whatever a global pattern matched before.
  if (text.search(looseMark) >= 0 || text.search(markRun) >= 0) {
    return { code: 'too_many_marks', max: mostMarks };
  }
  if (text.search(spaceRuns[kind]) >= 0) return { code: 'too_many_spaces', max: mostSpaces[kind] };
  if (kind === 'paragraphs' && text.search(emptyLines) >= 0) {
    return { code: 'too_many_empty_lines', max: mostEmptyLines };
  }
  return undefined;
}

/**
 * The same text as it can be shown: a refused character by its name, `<U+202E>`, an odd space as an
 * ordinary one, and long runs of spaces and marks cut. Text that passes the rule stays as it is.
 */
export function harmless(text: string, kind: 'line' | 'paragraphs'): string {
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

/** A name as it can be shown: what only looks like an ordinary space by its code point too. */
export function shownName(name: string): string {
  return harmless(
    name.replace(new RegExp(oddSpace, 'gu'), (space) => `<${codePointOf(space)}>`),
    'line',
  );
}

/** Right-to-left scripts have these blocks of Unicode. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A value that cannot reorder the text around it: isolated where it is written right to left. */
export const isolated = (text: string): string =>
  rightToLeft.test(text) ? `\u2068${text}\u2069` : text;

/** JSON with every refused character escaped, so that a terminal prints it; parsed, it is the same. */
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

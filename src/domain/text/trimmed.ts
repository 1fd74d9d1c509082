import { codePointOf, signAt } from './typedText';

/** Matches characters that are blank or have no width, and may be trimmed from a line. */
const blank = /^[\s\p{Zs}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]$/u;
/** A selector at the end of a name belongs to the character before it. */
const selector = /^[\ufe00-\ufe0f]$/;

/** Trims invisible characters, and returns the code points of all but ordinary spaces. */
export function trimmed(line: string): { text: string; dropped: readonly string[] } {
  const dropped: string[] = [];
  let start = 0;
  while (start < line.length) {
    const character = signAt(line, start);
    if (!blank.test(character)) break;
    note(character, dropped);
    start += character.length;
  }
  let end = line.length;
  while (end > start) {
    const isPair = /[\udc00-\udfff]/.test(line.charAt(end - 1)) && end - start > 1;
    const character = line.slice(isPair ? end - 2 : end - 1, end);
    if (!blank.test(character) || selector.test(character)) break;
    note(character, dropped);
    end -= character.length;
  }
  return { text: line.slice(start, end), dropped };
}

function note(character: string, dropped: string[]): void {
  const codePoint = codePointOf(character);
  if (!/[ \t]/.test(character) && !dropped.includes(codePoint)) dropped.push(codePoint);
}

import { isPlainName } from './clientOutput';
import type { DatabaseNaming } from './databaseNaming';

/** What separates names on one line, in any script's commas and semicolons. */
const separator = /[,;，、；､﹐﹑﹔،؛\u037e]/;

/**
 * Cuts a line at the separators that are outside of quotes. Separators at its ends, and a comment, are
 * cut off; an empty name between two others stays, for it to be refused.
 */
export function piecesOf(
  line: string,
  { brackets }: DatabaseNaming,
): { pieces: string[]; comment: boolean; trailing: boolean } {
  if (isPlainName(line)) return { pieces: [line], comment: false, trailing: false };
  const found: string[] = [];
  let start = 0;
  let comment = false;
  let end = line.length;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    const close = character === '[' && brackets ? ']' : /["`]/.test(character) ? character : '';
    if (close !== '' && isStart(line, at, start)) {
      at = closingAt(line, at, close);
    } else if (separator.test(character)) {
      found.push(line.slice(start, at));
      start = at + 1;
    } else if (/[#-]/.test(character) && isCommentAt(line, at, start)) {
      comment = true;
      end = at;
      break;
    }
  }
  found.push(line.slice(start, end));
  const first = found.findIndex((each) => each.trim() !== '');
  if (first < 0) return { pieces: [''], comment, trailing: false };
  const last = found.findLastIndex((each) => each.trim() !== '');
  const pieces = found.slice(first, last + 1);
  const [closing = ''] = pieces.slice(-1);
  const text = withoutFullStop(closing);
  const trailing = pieces.length < found.length || text !== closing.trimEnd();
  return { pieces: [...pieces.slice(0, -1), text], comment, trailing };
}

/** Where the quoted name that begins at `start` ends. One that is not closed is refused as a whole. */
function closingAt(line: string, start: number, close: string): number {
  for (let at = start + 1; ; at += 2) {
    at = line.indexOf(close, at);
    if (at < 0) return line.length;
    if (line[at + 1] !== close) return at;
  }
}

/** A quote opens at the beginning of a name or of a part of it. */
function isStart(line: string, at: number, start: number): boolean {
  let before = at - 1;
  while (before >= start && /\s/.test(line[before] ?? '')) before -= 1;
  return before < start || line[before] === '.';
}

const isCommentAt = (line: string, at: number, start: number): boolean =>
  (line[at] === '#' || line.startsWith('--', at)) &&
  (at === start || /\s/.test(line[at - 1] ?? ''));

/** An ideographic full stop ends a sentence, never a name. */
const withoutFullStop = (text: string): string => text.trimEnd().replace(/。$/, '');

import { isPlainName } from './clientOutput';
import type { DatabaseNaming } from './databaseNaming';

/** Matches separators between names on one line: commas and semicolons of any script. */
const separator = /[,;，、；､﹐﹑﹔،؛\u037e]/;

/**
 * Splits a line at separators outside quotes. It drops a comment, and separators at both ends. An
 * empty name between two others stays, so that it is refused.
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

/**
 * Finds the end of the quoted name that begins at `start`. An unclosed quote takes the rest of the
 * line.
 */
function closingAt(line: string, start: number, close: string): number {
  for (let at = start + 1; ; at += 2) {
    at = line.indexOf(close, at);
    if (at < 0) return line.length;
    if (line[at + 1] !== close) return at;
  }
}

/** True if a quote at this place opens a quoted name. */
function isStart(line: string, at: number, start: number): boolean {
  let before = at - 1;
  while (before >= start && /\s/.test(line[before] ?? '')) before -= 1;
  return before < start || line[before] === '.';
}

const isCommentAt = (line: string, at: number, start: number): boolean =>
  (line[at] === '#' || line.startsWith('--', at)) &&
  (at === start || /\s/.test(line[at - 1] ?? ''));

/** An ideographic full stop ends a sentence and is never part of a name. */
const withoutFullStop = (text: string): string => text.trimEnd().replace(/。$/, '');

import { type DatabaseNaming, quotedNameAt } from './databaseNaming';

/** Matches separators between names on one line: commas and semicolons of any script. */
const separator = /[,;，、；､﹐﹑﹔،؛\u037e]/;

/**
 * Splits a line at separators outside quotes. It drops a comment, and separators at both ends. An
 * empty name between two others stays, so that it is refused.
 */
export function piecesOf(
  line: string,
  naming: DatabaseNaming,
): { pieces: string[]; comment: boolean; trailing: boolean } {
  const found: string[] = [];
  let start = 0;
  let comment = false;
  let end = line.length;
  for (let at = 0; at < line.length; at += 1) {
    const quoted = quotedNameAt(line, at, naming);
    if (quoted !== undefined) at = quoted.end - 1;
    else if (separator.test(line.charAt(at))) {
      found.push(line.slice(start, at));
      start = at + 1;
    } else if (isCommentAt(line, at, start)) {
      comment = true;
      end = at;
      break;
    }
  }
  found.push(line.slice(start, end));
  const closing = found.findLast(isNamed) ?? '';
  const text = withoutFullStop(closing);
  const pieces = [...found.slice(found.findIndex(isNamed), found.findLastIndex(isNamed)), text];
  const trailing = pieces.length < found.length || text !== closing.trimEnd();
  return { pieces, comment, trailing };
}

const isNamed = (piece: string): boolean => piece.trim() !== '';

const isCommentAt = (line: string, at: number, start: number): boolean =>
  (line[at] === '#' || line.startsWith('--', at)) &&
  (at === start || /\s/.test(line.charAt(at - 1)));

/** An ideographic full stop ends a sentence and is never part of a name. */
const withoutFullStop = (text: string): string => text.trimEnd().replace(/。$/, '');

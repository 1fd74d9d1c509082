import type { RichTextBlock } from '@slack/types';
import { harmless } from '../src/domain/text/typedText';
import type { Part, Text } from '../src/i18n/text';
import { richText } from './richText';

/**
 * The most JSON per block, in bytes. Then no text is longer than Slack's 3,000 characters, and 96
 * blocks stay below the 250 KB of a view.
 */
const mostBytes = 2_600;

/**
 * A character takes at most six bytes of JSON, and this many leave room for the rest of the block.
 */
const longestPiece = 380;

const bytesOf = (block: RichTextBlock): number => Buffer.byteLength(JSON.stringify(block));
const emptyBytes = bytesOf(richText());
const lineBreakBytes = 30;
/** What a block has room for, in bytes. */
const mostRoom = mostBytes - emptyBytes;

/** The bytes that a line adds to a block. */
const weigh = (line: Text): number => bytesOf(richText(line)) - emptyBytes + lineBreakBytes;

export interface PackedBlocks {
  blocks: RichTextBlock[];
  /** The number of lines that didn't fit. */
  leftOut: number;
}

/**
 * Packs lines into at most `most` blocks within Slack's limits. If not all fit, it keeps the first
 * or the last ones. A line is only split if it is longer than a block.
 */
export function packBlocks(
  lines: readonly Text[],
  most: number,
  keep: 'first' | 'last' = 'first',
): PackedBlocks {
  const inOrder = <Item>(items: Iterable<Item>): Iterable<Item> =>
    keep === 'first' ? items : [...items].reverse();
  const packed: Text[][] = [];
  let room = 0;
  let taken = 0;
  for (const line of inOrder(lines)) {
    const before = packed.length;
    const linesBefore = packed.at(-1)?.length ?? 0;
    for (const { text, bytes } of inOrder(piecesOf(merge(line)))) {
      const last = packed.at(-1);
      if (last === undefined || bytes > room) {
        packed.push([text]);
        room = mostRoom - bytes;
      } else {
        last.push(text);
        room -= bytes;
      }
      // The rest of a line with thousands of parts is not even measured.
      if (packed.length > most) break;
    }
    // If a single line is too long, a part of it is better than nothing.
    if (packed.length > most && before > 0) {
      packed.length = before;
      packed.at(-1)?.splice(linesBefore);
      break;
    }
    taken += 1;
  }
  const blocks = packed.slice(0, most).map((block) => richText(...inOrder(block)));
  return { blocks: [...inOrder(blocks)], leftOut: lines.length - taken };
}

/** Limits a text to this many parts, for places with little room. */
export function clip(text: Text, mostParts: number): Text {
  if (text.length <= mostParts) return text;
  return [...text.slice(0, mostParts), { kind: 'text', text: '…' }];
}

/** Merges parts, because each one costs more JSON than its words. */
function merge(text: Text): Text {
  const merged: Part[] = [];
  for (const part of text) {
    const last = merged.at(-1);
    const isSame = last?.kind === 'text' && part.kind === 'text' && last.bold === part.bold;
    if (isSame) merged[merged.length - 1] = { ...last, text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

interface Piece {
  text: Text;
  bytes: number;
}

/** A line, or pieces of it that each fit into a block. */
function* piecesOf(line: Text): Generator<Piece> {
  // A line with more parts than bytes in a block never fits, and is not measured.
  const bytes = line.length > mostRoom ? Number.POSITIVE_INFINITY : weigh(line);
  if (bytes <= mostRoom) {
    yield { text: line, bytes };
    return;
  }
  let parts: Part[] = [];
  let used = 0;
  for (const part of line) {
    for (const short of shortParts(part)) {
      const more = weigh([short]);
      if (parts.length > 0 && used + more > mostRoom) {
        yield { text: parts, bytes: weigh(parts) };
        parts = [];
        used = 0;
      }
      parts.push(short);
      used += more;
    }
  }
  yield { text: parts, bytes: weigh(parts) };
}

function shortParts(part: Part): Part[] {
  switch (part.kind) {
    case 'text':
    case 'code':
    case 'quote':
    case 'link':
      return cutWords(part);
    case 'person':
    case 'group':
    case 'channel':
    case 'moment':
      return [part];
    default:
      return part satisfies never;
  }
}

function cutWords(part: Extract<Part, { text: string }>): Part[] {
  // Measured as shown, because the name of a refused character is longer than the character.
  const text = harmless(part.text, part.kind === 'code' ? 'line' : 'paragraphs');
  if (text.length <= longestPiece) return [part];
  const parts: Part[] = [];
  let piece = '';
  // Splits between characters, not inside one.
  for (const character of text) {
    if (piece.length + character.length > longestPiece) {
      parts.push({ ...part, text: piece });
      piece = '';
    }
    piece += character;
  }
  return [...parts, { ...part, text: piece }];
}

import fc from 'fast-check';
import { code, type Part, plain, type Text } from '../../src/i18n/text';
import { clip, packBlocks } from '../../views/packBlocks';
import { richText } from '../../views/richText';
import { textOf } from '../support/textOf';

const line = (text: string): Text => [{ kind: 'text', text }];
const bytesOf = (block: object): number => Buffer.byteLength(JSON.stringify(block));
const mostBytes = 2_600;
/** The room that packing may leave for a line break. */
const slack = 40;
const readBack = (blocks: readonly object[]): string[] =>
  blocks.flatMap((block) => textOf(block).split('\n'));
const numbered = (count: number, length: number): Text[] =>
  Array.from({ length: count }, (_, index) => line(`${index} ${'x'.repeat(length)}`));

it('packs a few lines into one block', () => {
  const lines = [line('one'), line('two')];
  expect(packBlocks(lines, 5)).toEqual({ blocks: [richText(...lines)], leftOut: 0 });
  expect(packBlocks(lines, 5, 'last')).toEqual({ blocks: [richText(...lines)], leftOut: 0 });
  expect(packBlocks([], 5)).toEqual({ blocks: [], leftOut: 0 });
});

it.each(['first', 'last'] as const)(
  'keeps the %s lines that fit, fills each block, and counts the rest',
  (keep) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (lengths, most) => {
          const lines = lengths.map((length, index) => line(`${index} ${'x'.repeat(length)}`));
          const { blocks, leftOut } = packBlocks(lines, most, keep);
          expect(blocks.length).toBeLessThanOrEqual(most);
          for (const block of blocks) expect(bytesOf(block)).toBeLessThanOrEqual(mostBytes);
          const kept = lines.length - leftOut;
          const expected =
            keep === 'first' ? lines.slice(0, kept) : lines.slice(lines.length - kept);
          expect(readBack(blocks)).toEqual(expected.map(plain));
          if (leftOut === 0) return;
          // The next line fits into no block.
          expect(blocks).toHaveLength(most);
          const next = keep === 'first' ? lines[kept] : lines[leftOut - 1];
          const open = keep === 'first' ? blocks.at(-1) : blocks[0];
          if (next === undefined || open === undefined) throw new Error('nothing is left out');
          expect(bytesOf(open) + plain(next).length + 2 * slack).toBeGreaterThan(mostBytes - 60);
        },
      ),
    );
  },
);

it('fills a block before it begins another', () => {
  const { blocks } = packBlocks(numbered(40, 200), 10);
  for (const block of blocks.slice(0, -1)) {
    expect(bytesOf(block)).toBeGreaterThan(mostBytes - 400 - slack);
  }
});

it.each(['first', 'last'] as const)(
  'splits a line that is longer than a block, and keeps its %s part',
  (keep) => {
    const text = Array.from({ length: 1_500 }, (_, index) => `${index} `).join('');
    const { blocks, leftOut } = packBlocks([line(text)], 2, keep);
    expect(leftOut).toBe(0);
    expect(blocks).toHaveLength(2);
    const shown = blocks.map(textOf).join('');
    expect(shown.length).toBeGreaterThan(2_500);
    expect(keep === 'first' ? text.startsWith(shown) : text.endsWith(shown)).toBe(true);
  },
);

it('splits a line only if it is longer than a block', () => {
  const most = mostBytes - bytesOf(richText(line(''))) - 2 * slack;
  for (let length = most - 100; length < mostBytes + 100; length += 1) {
    const { blocks } = packBlocks([line('x'.repeat(length))], 2);
    for (const block of blocks) expect(bytesOf(block)).toBeLessThanOrEqual(mostBytes);
    if (length < most) expect(blocks).toHaveLength(1);
  }
});

it('keeps all of many short parts', () => {
  const parts = Array.from({ length: 400 }, (_, index) => code(String(index)));
  for (const keep of ['first', 'last'] as const) {
    const { blocks } = packBlocks([parts], 20, keep);
    for (const block of blocks) expect(bytesOf(block)).toBeLessThanOrEqual(mostBytes);
    expect(blocks.map(textOf).join('')).toBe(plain(parts));
  }
});

it('leaves out a long line completely if others precede it', () => {
  const { blocks, leftOut } = packBlocks([line('one'), line('x'.repeat(9_000)), line('two')], 2);
  expect(leftOut).toBe(2);
  expect(readBack(blocks)).toEqual(['one']);
});

it('splits between characters, also where their shown form is longer', () => {
  for (const text of ['😀'.repeat(2_000), `${'\u0001'.repeat(900)}`]) {
    const { blocks } = packBlocks([line(text)], 20);
    for (const block of blocks) {
      expect(bytesOf(block)).toBeLessThanOrEqual(mostBytes);
      expect(textOf(block)).not.toMatch(/\p{Surrogate}/u);
    }
  }
});

it('merges parts of the same style, because each costs JSON', () => {
  const parts: Part[] = Array.from({ length: 50 }, () => ({ kind: 'text', text: 'a' }));
  const bold: Part = { kind: 'text', text: 'b', bold: true };
  expect(packBlocks([[...parts, bold, bold, code('c'), code('c')]], 1).blocks).toEqual([
    richText([
      { kind: 'text', text: 'a'.repeat(50) },
      { kind: 'text', text: 'bb', bold: true },
      code('c'),
      code('c'),
    ]),
  ]);
});

it('clips a text to a number of parts', () => {
  const parts = [code('a'), code('b'), code('c')];
  expect(clip(parts, 3)).toEqual(parts);
  expect(clip(parts, 2)).toEqual([code('a'), code('b'), { kind: 'text', text: '…' }]);
});

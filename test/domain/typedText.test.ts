import fc from 'fast-check';
import {
  type CharacterKind,
  harmless,
  isolated,
  shownName,
  type TextKind,
  terminalJson,
  textProblem,
} from '../../src/domain/text/typedText';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Characters that no text may contain, whatever it is for. */
const refused: readonly [CharacterKind, readonly number[]][] = [
  ['line_break', [0x0b, 0x0c, 0x85, 0x2028, 0x2029]],
  ['control', [...range(0x00, 0x08), ...range(0x0e, 0x1f), 0x7f, ...range(0x80, 0x84)]],
  ['control', range(0x86, 0x9f)],
  ['direction', [0x061c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)]],
  ['invisible', [0xad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, ...range(0x180b, 0x180f)]],
  ['invisible', [0x200b, 0x200c, 0x200d, ...range(0x2060, 0x2065), ...range(0x206a, 0x206f)]],
  ['invisible', [0x3164, 0xfeff, 0xffa0, ...range(0xfff9, 0xfffb), 0x2800, 0xfffc]],
  ['invisible', [...range(0xfe00, 0xfe0f), 0x1bca0, 0x1d173, 0x13441, 0x16fe4, 0x1d159]],
  ['invisible', [...range(0xe0000, 0xe007f), 0xe0100, 0xe01ef, 0xe0fff]],
  ['unassigned', [0x0378, 0xe000, 0xf8ff, 0xfdd0, 0xffff, 0xf0000, 0x10ffff, 0xd800, 0xdfff]],
];
const spaces = [0xa0, 0x1680, ...range(0x2000, 0x200a), 0x202f, 0x205f, 0x3000];

const named = (codePoint: number): string =>
  `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
const kinds: readonly TextKind[] = ['line', 'paragraphs', 'name'];

it.each(refused)('refuses every %s character and names it', (kind, codePoints) => {
  for (const codePoint of codePoints) {
    for (const textKind of kinds) {
      const text = `a${String.fromCodePoint(codePoint)}b`;
      expect({ codePoint: named(codePoint), problem: textProblem(text, textKind) }).toEqual({
        codePoint: named(codePoint),
        problem: { code: 'forbidden_character', kind, codePoint: named(codePoint) },
      });
    }
  }
});

it('accepts only ordinary spaces, except in names of existing database objects', () => {
  for (const codePoint of spaces) {
    const text = `a${String.fromCodePoint(codePoint)}b`;
    const problem = { code: 'forbidden_character', kind: 'space', codePoint: named(codePoint) };
    expect(textProblem(text, 'line')).toEqual(problem);
    expect(textProblem(text, 'paragraphs')).toEqual(problem);
    expect(textProblem(text, 'name')).toBeUndefined();
    expect(shownName(text)).toBe(`a<${named(codePoint)}>b`);
  }
});

it('accepts line breaks and tabs only in paragraphs', () => {
  for (const text of ['a\nb', 'a\r\nb', 'a\tb']) {
    expect(textProblem(text, 'paragraphs')).toBeUndefined();
    expect(textProblem(text, 'line')).toMatchObject({ kind: 'line_break' });
    expect(textProblem(text, 'name')).toMatchObject({ kind: 'line_break' });
  }
  expect(textProblem('a\rb', 'paragraphs')).toMatchObject({ codePoint: 'U+000D' });
});

it.each([
  ['English', 'Orders to Shanghai (v2): 100% done, ok? "yes" <b> & \'no\' `x`'],
  ['Chinese', '机房下线，需要在周五之前把订单库迁到上海。（《测试》）'],
  ['an ideograph with a variant', '葛\ufe00城'],
  ['Japanese', 'データベースの移行 ｶﾞ'],
  ['Korean', '데이터베이스 이전'],
  ['Hebrew and Arabic', 'הגירה مهاجرت'],
  ['Hindi', 'डेटाबेस स्थानांतरण'],
  ['Thai', 'ย้ายฐานข้อมูลที่นี่'],
  ['Burmese', 'မြွှို့'],
  ['decomposed Vietnamese', 'Di trú cơ sở dữ liệu'.normalize('NFD')],
  ['emoji', '🚚🧵👩‍👩‍👧‍👦👍🏽❤️1️⃣🏳️‍🌈🇨🇳👩🏽‍💻'],
])('accepts %s, and shows it unchanged', (_, text) => {
  for (const kind of kinds) expect(textProblem(text, kind)).toBeUndefined();
  expect(harmless(text, 'line')).toBe(text);
  expect(harmless(text, 'paragraphs')).toBe(text);
});

it.each<[string, TextKind, string]>([
  ['a   b', 'line', 'a    b'],
  ['a   b', 'name', 'a    b'],
  [`a${' '.repeat(16)}b`, 'paragraphs', `a${' '.repeat(17)}b`],
  ['a\n\n\n\nb', 'paragraphs', 'a\n\n\n\n\nb'],
  ['a\n \n \n\nb', 'paragraphs', 'a\n \n \n \n\nb'],
  ['e\u0301\u0302\u0303\u0304\u0305', 'line', 'e\u0301\u0302\u0303\u0304\u0305\u0306'],
  ['e\u0301', 'line', '\u0301e'],
  ['a b\u20dd', 'line', 'a \u20dd'],
])('accepts %j as %s, and refuses %j', (good, kind, bad) => {
  expect(textProblem(good, kind)).toBeUndefined();
  expect(textProblem(bad, kind)?.code).toMatch(/^too_many_/);
});

it.each<[string, TextKind, object]>([
  ['\u0301e', 'line', { code: 'too_many_marks', max: 5 }],
  ['a    b', 'line', { code: 'too_many_spaces', max: 3 }],
  ['a    b', 'name', { code: 'too_many_spaces', max: 3 }],
  [`a${' '.repeat(17)}b`, 'paragraphs', { code: 'too_many_spaces', max: 16 }],
  ['a\n\n\n\n\nb', 'paragraphs', { code: 'too_many_empty_lines', max: 3 }],
])('says of %j as %s how many are allowed', (text, kind, problem) => {
  expect(textProblem(text, kind)).toEqual(problem);
});

it('isolates right-to-left values', () => {
  expect(isolated('root')).toBe('root');
  expect(isolated('הגירה')).toBe('\u2068הגירה\u2069');
});

const anyCharacter = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.constantFrom(
    ...refused.flatMap(([, points]) => points.map((each) => String.fromCodePoint(each))),
  ),
  fc.constantFrom(...spaces.map((each) => String.fromCodePoint(each))),
  fc.constantFrom(' ', '  ', '\n', '\t', '\r', 'a', '密', '👩', '\u0301', '"', '\\'),
);
const anyText = fc.array(anyCharacter, { maxLength: 30 }).map((parts) => parts.join(''));

it('makes any text pass the rule, and leaves passing text unchanged', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('line' as const, 'paragraphs' as const), (text, kind) => {
      const shown = harmless(text, kind);
      expect(textProblem(shown, kind)).toBeUndefined();
      if (textProblem(text, kind) === undefined) expect(shown).toBe(text);
    }),
    // Characters that are refused themselves, before one that requires such a character.
    {
      numRuns: 1_000,
      examples: [
        ['\u{16fe4}\ufe00', 'line'],
        ['\u{1f848}\ufe07', 'line'],
        ['\u{1f848}\u200d\u{1f600}', 'line'],
        ['\u{1f600}\u200d\u{1f848}', 'line'],
      ],
    },
  );
});

it('writes equivalent JSON without control characters for terminals', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const json = terminalJson(JSON.stringify({ text }));
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
    }),
  );
});

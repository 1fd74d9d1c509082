import { cut } from '../../src/domain/text/cut';
import {
  ago,
  bold,
  channel,
  code,
  group,
  join,
  labelled,
  link,
  moment,
  type Part,
  person,
  plain,
  quote,
  say,
  type Text,
  utc,
} from '../../src/i18n/text';
import { mrkdwn } from '../../views/mrkdwn';
import { plainText } from '../../views/plainText';
import { richText } from '../../views/richText';
import { toMessage } from '../../views/words';

const at = new Date('2026-05-04T10:00:00.999Z');
const seconds = 1_777_888_800;

/** Each kind of part, as Slack gets it in blocks and in mrkdwn, and as a terminal shows it. */
it.each<[Part, object, string, string]>([
  [
    { kind: 'text', text: 'a<b>&c' },
    { type: 'text', text: 'a<b>&c' },
    'a&lt;b&gt;&amp;c',
    'a<b>&c',
  ],
  [bold('a&b'), { type: 'text', text: 'a&b', style: { bold: true } }, '*a&amp;b*', 'a&b'],
  [code('a`b<'), { type: 'text', text: 'a`b<', style: { code: true } }, '`aˋb&lt;`', 'a`b<'],
  [code('אב'), { type: 'text', text: '⁨אב⁩', style: { code: true } }, '`⁨אב⁩`', 'אב'],
  [person('U1'), { type: 'user', user_id: 'U1' }, '<@U1>', 'U1'],
  [group('S1'), { type: 'usergroup', usergroup_id: 'S1' }, '<!subteam^S1>', 'S1'],
  [channel('C1'), { type: 'channel', channel_id: 'C1' }, '<#C1>', 'C1'],
  [
    link('https://a.b/?c&d', 'e>f'),
    { type: 'link', url: 'https://a.b/?c&d', text: 'e>f' },
    '<https://a.b/?c&amp;d|e&gt;f>',
    'e>f',
  ],
  [
    moment(at),
    {
      ...{ type: 'date', timestamp: seconds, format: '{date_short_pretty}, {time}' },
      fallback: '2026-05-04 10:00 UTC',
    },
    `<!date^${seconds}^{date_short_pretty}, {time}|2026-05-04 10:00 UTC>`,
    '2026-05-04 10:00 UTC',
  ],
  [
    ago(at),
    { type: 'date', timestamp: seconds, format: '{ago}', fallback: '2026-05-04 10:00 UTC' },
    `<!date^${seconds}^{ago}|2026-05-04 10:00 UTC>`,
    '2026-05-04 10:00 UTC',
  ],
])('writes %j', (part, element, markup, terminal) => {
  expect(richText([part])).toEqual({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [element] }],
  });
  expect(mrkdwn([part])).toBe(markup);
  expect(plain([part])).toBe(terminal);
});

it('marks each line of a quote in mrkdwn', () => {
  expect(mrkdwn([quote('a\n<b>')])).toBe('> a\n> &lt;b&gt;');
  expect(plain([quote('a\nb')])).toBe('a\nb');
});

describe('a quote in a block', () => {
  const section = (...texts: string[]) => ({
    type: 'rich_text_section',
    elements: texts.map((text) => ({ type: 'text', text })),
  });
  const quoted = (text: string) => ({
    type: 'rich_text_quote',
    elements: [{ type: 'text', text }],
  });
  const elementsOf = (...lines: readonly Text[]) => richText(...lines).elements;

  it('is a separate element, without the line breaks around it', () => {
    expect(elementsOf(say`a`, [quote('b')], say`c`)).toEqual([
      section('a'),
      quoted('b'),
      section('c'),
    ]);
    expect(elementsOf([quote('b')], say`c`)).toEqual([quoted('b'), section('c')]);
    expect(elementsOf(say`a\n`, [quote('b')], say`\nc`)).toEqual([
      section('a\n'),
      quoted('b'),
      section('\nc'),
    ]);
  });

  it('keeps the other line breaks next to it', () => {
    expect(elementsOf([...say`a\nb`, quote('c'), ...say`d\ne`])).toEqual([
      section('a\nb'),
      quoted('c'),
      section('d\ne'),
    ]);
    expect(elementsOf(say`\na`)).toEqual([section('\na')]);
  });

  it('follows another one directly', () => {
    expect(elementsOf([quote('a')], [quote('b')])).toEqual([quoted('a'), quoted('b')]);
    expect(elementsOf([], [quote('a')])).toEqual([quoted('a')]);
  });

  it('keeps the parts before it', () => {
    expect(elementsOf([code('a')], [quote('b')])).toEqual([
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'a', style: { code: true } }] },
      quoted('b'),
    ]);
    expect(elementsOf([code('a'), quote('b')])).toHaveLength(2);
  });

  it('has at most 3,000 characters', () => {
    const long = 'x'.repeat(3_000);
    expect(elementsOf([quote(long)])).toEqual([quoted(long)]);
    expect(elementsOf([quote(`${long}x`)])).toEqual([quoted(`${long.slice(1)}…`)]);
  });

  it('shows refused characters by name', () => {
    expect(elementsOf([quote('a\u202eb\nc')])).toEqual([quoted('a<U+202E>b\nc')]);
    expect(elementsOf(say`a\u202eb`)).toEqual([section('a<U+202E>b')]);
    expect(mrkdwn(say`a\u202eb`)).toBe('a&lt;U+202E&gt;b');
  });
});

it.each([code(''), quote(''), bold(''), link('https://a.b/', '')])(
  'leaves out %j, because Slack refuses an empty text',
  (part) => {
    expect(richText([part, code('b')])).toEqual(richText([code('b')]));
  },
);

it('a block without text has an empty section', () => {
  expect(richText().elements).toEqual([{ type: 'rich_text_section', elements: [] }]);
  expect(richText([{ kind: 'text', text: '' }]).elements).toEqual([
    { type: 'rich_text_section', elements: [] },
  ]);
});

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['', 3, ''],
  ['abcd', 1, '…'],
  ['a😀bc', 4, 'a😀…'],
  ['a😀bc', 3, 'a…'],
  ['😀😀', 3, '😀…'],
  ['😀😀', 2, '…'],
])('cuts %s to %i characters: %s', (text, max, expected) => {
  expect(cut(text, max)).toBe(expected);
});

it('plain text is one line without emoji codes', () => {
  expect(plainText('a\n:smile:\u202e')).toEqual({
    ...{ type: 'plain_text', emoji: false },
    text: 'a :smile:<U+202E>',
  });
  expect(plainText('abcd', 3).text).toBe('ab…');
  expect(plainText('x'.repeat(10_000)).text).toHaveLength(10_000);
});

describe('a message', () => {
  it('has the lines, then the quote, the text to copy and the end', () => {
    const lines = [say`one`, say`two`];
    const { blocks, text } = toMessage({
      ...{ lines, quote: 'said', copy: { title: say`copy this`, text: 'a\nb' }, end: say`end` },
    });
    expect(text).toBe('one\ntwo');
    expect(blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: ['one', '\n', 'two'].map((each) => ({ type: 'text', text: each })),
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said' }] },
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'copy this' }] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a\nb' }] },
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'end' }] },
        ],
      },
    ]);
  });

  it('has only its lines if there is nothing else', () => {
    expect(toMessage({ lines: [say`one`] })).toEqual({ text: 'one', blocks: [richText(say`one`)] });
    // A section continues the line of the section before it.
    expect(toMessage({ lines: [say`one`], end: say`last` }).blocks).toEqual(
      toMessage({ lines: [say`one`, say`last`] }).blocks,
    );
  });

  it('has a text of at most 4,000 characters', () => {
    const textWith = (count: number) => toMessage({ lines: [say`${'x'.repeat(count)}`] }).text;
    expect(textWith(4_000)).toBe('x'.repeat(4_000));
    expect(textWith(4_001)).toBe(`${'x'.repeat(3_999)}…`);
  });
});

it('composes texts', () => {
  expect(say`a${1}b${''}${code('c')}${[bold('d')]}`).toEqual([
    { kind: 'text', text: 'a' },
    { kind: 'text', text: '1' },
    { kind: 'text', text: 'b' },
    code('c'),
    bold('d'),
  ]);
  expect(join([say`a`, say`b`, say`c`], ', ').map((part) => plain([part]))).toEqual([
    ...['a', ', ', 'b', ', ', 'c'],
  ]);
  expect(join([], ', ')).toEqual([]);
  expect(plain(labelled('Next:', 'a'))).toBe('Next: a');
  expect(plain(labelled('下一步：', 'a'))).toBe('下一步：a');
  expect(plain(labelled('完成。', 'a'))).toBe('完成。a');
  expect(utc(at)).toBe('2026-05-04 10:00 UTC');
});

import { inspect } from 'node:util';
import fc from 'fast-check';
import { hideSecrets, Secret } from '../../src/domain/secrets/secret';
import { canary } from '../support/canary';

const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];
const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');
const each = (text: string, write: (codePoint: number) => string): string =>
  Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('');
const units = (text: string, write: (unit: number) => string): string =>
  text
    .split('')
    .map((unit) => write(unit.charCodeAt(0)))
    .join('');
const percent = (text: string): string =>
  bytesOf(text)
    .map((byte) => `%${hexOf(byte)}`)
    .join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How servers, libraries and shells write text that they quote. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'percent-encoded': (text) => encodeURIComponent(text),
  'percent-encoded in lower case': (text) => encodeURIComponent(text).toLowerCase(),
  'percent-encoded throughout': percent,
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'percent-encoded three times': (text) =>
    encodeURIComponent(encodeURIComponent(encodeURIComponent(text))),
  'as a form, with + for a space': (text) => new URLSearchParams([['', text]]).toString().slice(1),
  'as decimal entities': (text) => each(text, (point) => `&#${point};`),
  'as hexadecimal entities': (text) => each(text, (point) => `&#x${point.toString(16)};`),
  'as named entities': (text) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;')
      .replaceAll('!', '&excl;')
      .replaceAll('$', '&dollar;')
      .replaceAll('ñ', '&ntilde;'),
  'as entities of entities': (text) => each(text, (point) => `&amp;#${point};`),
  'as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'as JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  'as Unicode escapes': (text) => units(text, (unit) => `\\u${unit.toString(16).padStart(4, '0')}`),
  'as Unicode escapes in braces': (text) => each(text, (point) => `\\u{${point.toString(16)}}`),
  'as percent-encoded UTF-16 units': (text) =>
    units(text, (unit) => `%u${unit.toString(16).padStart(4, '0')}`),
  'as escaped bytes': (text) =>
    bytesOf(text)
      .map((byte) => `\\x${hexOf(byte)}`)
      .join(''),
  'in base64': base64,
  'in base64 after one byte': (text) => base64(`x${text}`),
  'in base64 after two bytes': (text) => base64(`xy${text}`),
  'in base64 of a longer text': (text) => base64(`Password: ${text}, and more`),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in base64, percent-encoded': (text) => encodeURIComponent(base64(`x${text}`)),
  'in base64, twice': (text) => base64(base64(text)),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
  'in upper-case hexadecimal with colons': (text) =>
    bytesOf(text)
      .map((byte) => hexOf(byte).toUpperCase())
      .join(':'),
  'quoted for a shell': (text) => text.replaceAll("'", String.raw`'\''`),
  'escaped for a shell': (text) => text.replace(/[^\w]/g, '\\$&'),
  'quoted for SQL': (text) => text.replaceAll("'", "''"),
  'escaped for MySQL': (text) => text.replace(/['"\\]/g, '\\$&'),
  'quoted for CSV': (text) => text.replaceAll('"', '""'),
};

const secrets = fc.oneof(
  fc.string({ minLength: 6, maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 6, maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(...'aZ9 +%&<>"\'\\/=$!ñ密😀;#:'),
    minLength: 6,
    maxLength: 20,
  }),
  fc.constant(canary),
);
const surroundings = fc.oneof(
  fc.constantFrom('', 'SrcInfo.Password ', ' is too weak.', '"', "'", '\\', '&', '&#', '=', '0'),
  // With `%4` before a value, its beginning would become another character.
  fc.string({ maxLength: 20 }).filter((text) => !/%[0-9a-f]?$/i.test(text)),
);

describe.each(Object.entries(encodings))('a message is hidden if it contains, %s,', (_, encode) => {
  it('any six characters of a secret', () => {
    fc.assert(
      fc.property(secrets, fc.nat(), surroundings, surroundings, (value, start, before, after) => {
        const characters = [...value];
        const from = start % (characters.length - 5);
        const part = characters.slice(from, from + 6).join('');
        const message = `${before}${encode(part)}${after}`;
        expect({ message, shown: new Secret(value).hide(message) }).toEqual({
          message,
          shown: '[secret]',
        });
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['a quotation mark before its first backslash', "'", String.raw`\'aaaa`, ''],
    ['a combining mark after its last one', '', 'aaaaa\u1f02', '\u05ad'],
    ['a letter of two upper cases', '', 'aaaaa\u1e9e', ''],
    ['what looks like an encoded byte inside', '', 'aa%aaa', ''],
    ['a beginning that looks like the end of an entity', '&A', 'a;a"aa', ''],
    ['a beginning that looks like the end of a known entity', '&l', 't;a"aa', ''],
    ['a beginning that looks like the number of an entity', '&#', '12a"aa', ''],
  ])('with %s', (_case, before, value, after) => {
    expect(new Secret(value).hide(`${before}${encode(value)}${after}`)).toBe('[secret]');
  });

  it('a whole secret, or its beginning', () => {
    for (const part of [canary, canary.slice(0, 9)]) {
      const message = `the value ${encode(part)} was refused`;
      expect(new Secret(canary).hide(message)).toBe('[secret]');
    }
  });
});

describe('a secret that is too short to be found inside words', () => {
  it.each([
    ['as it is', 'a??', 'a??'],
    ['in another case', 'aB?', 'Ab?'],
    ['in base64', 'a??', 'YT8/'],
    ['in base64url, which writes / as _', 'a??', 'YT8_'],
    ['in base64url, which writes + as -', 'a?>', 'YT8-'],
    ['in base64 without its padding', 'a?', 'YT8'],
    ['in hexadecimal', 'a??', '613f3f'],
    ['in hexadecimal with a small byte', 'a\tb', '610962'],
  ])('is hidden %s', (_, secret, written) => {
    const hidden = new Secret(secret).hide(`the value ${written} was refused`);
    expect(hidden).not.toContain(written);
  });

  it.each(['abc', '密'])('leaves longer words that contain %s', (secret) => {
    const text = `x${secret}y`;
    expect(new Secret(secret).hide(text)).toBe(text);
  });
});

describe('the entities and escapes of a secret', () => {
  const entities: readonly (readonly [character: string, ...names: string[]])[] = [
    ...([
      ['&', 'amp'],
      ['<', 'lt'],
      ['>', 'gt'],
      ['"', 'quot'],
      ["'", 'apos'],
    ] as const),
    ...([
      [' ', 'nbsp'],
      ['!', 'excl'],
      ['#', 'num'],
      ['$', 'dollar'],
      ['%', 'percnt'],
    ] as const),
    ...([
      ['(', 'lpar'],
      [')', 'rpar'],
      ['*', 'ast', 'midast'],
      ['+', 'plus'],
    ] as const),
    ...([
      [',', 'comma'],
      ['.', 'period'],
      ['/', 'sol'],
      [':', 'colon'],
      [';', 'semi'],
    ] as const),
    ...([
      ['=', 'equals'],
      ['?', 'quest'],
      ['@', 'commat'],
      ['[', 'lsqb', 'lbrack'],
    ] as const),
    ...([
      ['\\', 'bsol'],
      [']', 'rsqb', 'rbrack'],
      ['^', 'hat'],
      ['_', 'lowbar', 'underbar'],
    ] as const),
    ...([
      ['`', 'grave'],
      ['{', 'lcub', 'lbrace'],
      ['|', 'verbar', 'vert'],
    ] as const),
    ...([
      ['}', 'rcub', 'rbrace'],
      ['-', 'hyphen', 'dash'],
      ['~', 'tilde'],
    ] as const),
    ...([
      ['\t', 'tab'],
      ['\n', 'newline'],
    ] as const),
  ];
  const escapes = [
    ...([
      ['n', '\n'],
      ['t', '\t'],
      ['r', '\r'],
      ['b', '\b'],
      ['f', '\f'],
      ['v', '\v'],
    ] as const),
    ...([
      ['a', '\x07'],
      ['0', '\0'],
    ] as const),
  ] as const;

  it.each(entities)(
    '%j is found as an entity, and no other character is',
    (character, ...names) => {
      for (const name of names) {
        const written = `ab&${name};cd9`;
        expect(new Secret(`ab${character}cd9`).hide(written)).toBe('[secret]');
        expect(new Secret('abXcd9').hide(written)).toBe(written);
      }
    },
  );

  it('an unknown entity may be any character', () => {
    expect(new Secret('abXcd9').hide('ab&ntilde;cd9')).toBe('[secret]');
    for (const text of ['ab&ntilde;cd8', '&ntilde;', 'ab&ntilde;Xcd9']) {
      expect(new Secret('abXcd9').hide(text)).toBe(text);
    }
  });

  it.each(escapes)('\\%s is found as its control character', (letter, character) => {
    const written = `ab\\${letter}cd9`;
    expect(new Secret(`ab${character}cd9`).hide(written)).toBe('[secret]');
    expect(new Secret('abXcd9').hide(written)).toBe(written);
  });

  it.each([
    ['a?>', 'the value YT8 was refused'],
    ['a??', 'the value YT8 was refused'],
    ['a??', 'the value 613f was refused'],
  ])('a short secret %s leaves %j, which has only a part of its encoded form', (secret, text) => {
    expect(new Secret(secret).hide(text)).toBe(text);
  });
});

const ordinary = [
  String.raw`It''s C:\temp\new ^and ""quoted"" \`code\` &amp; &#39;50%25+1&#39; =3D \u00e9 cGFzc3BocmFzZQ== 0a1b2c3d4e5f6071`,
  'The parameter SrcInfo.Ip is invalid.',
  'Access denied for user root@10.0.0.1 (using password: YES)',
  'InvalidParameter: DstInfo.InstanceId cdb-e78e0nnv does not exist in ap-shanghai',
  '源实例 14.17.22.36:10301 无法连接，请检查网络与账号权限。',
  'RequestId 8c4b8a1e-2f1d-4c7d-9b43-0f3f3c1d2e55; see https://cloud.tencent.com/document/api/571?x=1&y=2%20z',
  '<html><head><title>502 Bad Gateway</title></head><body>nginx&nbsp;1.25</body></html>',
  `eyJhbGciOiJIUzI1NiJ9.${'QUJDREVGR0hJSktM'.repeat(20)}`,
  `{"Response":{"Error":{"Code":"InternalError","Message":"a \\"quoted\\" word\\n"}}}`,
];

describe('the spelling of a secret', () => {
  it.each([
    ['in another case', 'Abcdef', 'aBCDEF'],
    ['of letters with another case in several letters', 'stra\u00dfe', 'STRASSE'],
    ['of letters with two small forms', '\u039f\u0394\u039f\u03a303', '\u03bf\u03b4\u03bf\u03c203'],
    ['in composed letters', 'e\u0301abcd', '\u00e9abcd'],
    ['in separate marks', '\u00e9abcde', 'e\u0301abcde'],
    ['in full-width letters', 'abc123', '\uff41\uff42\uff43\uff11\uff12\uff13'],
    ['in letters beyond the first plane', 'abc\u{1d5ba}\u{1d5bb}c', 'abcabc'],
  ])('may differ %s', (_, secret, written) => {
    for (const text of [written, `x&ntilde;${written}`]) {
      expect(new Secret(secret).hide(text)).toBe('[secret]');
    }
    expect(new Secret(written).hide(secret)).toBe('[secret]');
  });

  it.each([...'\\^$.*+?()[]{}|/'])('may have %s next to an unknown entity', (sign) => {
    const secret = new Secret(`ab${sign}de9`);
    expect(secret.hide(`ab${sign}d&ntilde;9`)).toBe('[secret]');
    for (const text of ['abd&ntilde;9', 'abbd&ntilde;9', 'abXd&ntilde;9']) {
      expect(secret.hide(text)).toBe(text);
    }
  });
});

it('is shown by nothing that writes values', () => {
  const secret = new Secret(canary);
  for (const text of [inspect({ secret }), `${secret}`, JSON.stringify({ secret }), String(secret)])
    expect(text).not.toContain(canary);
  expect(inspect({ secret })).toBe(`{ secret: ${secret} }`);
});

describe('a message is shown', () => {
  it.each(ordinary)('if it contains no part of the secret: %s', (message) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]\d[#!_~][a-zA-Z0-9!@#_~]{8,24}$/), (value) => {
        expect(new Secret(value).hide(message)).toBe(message);
      }),
      { numRuns: 50 },
    );
  });

  it('if it contains five characters of it', () => {
    const text = 'canar, nary-, y-7Fz';
    expect(new Secret('canary-7Fz').hide(text)).toBe(text);
  });
});

describe('a secret of fewer than six characters', () => {
  it.each(['root', 'p', 'a1', '密码', 'x&y', '$1'])(
    '%s is hidden if it is a whole word',
    (value) => {
      const bytes = Buffer.from(value);
      for (const written of [
        value,
        encodeURIComponent(value),
        each(value, (point) => `&#${point};`),
        bytes.toString('base64'),
        bytes.toString('hex'),
      ]) {
        expect(new Secret(value).hide(`password '${written}' is weak`)).toBe('[secret]');
      }
    },
  );

  it.each([
    ['$1$', 'a$1$b', true],
    ['$1', 'a$1 b', true],
    ['$1', 'a$1b', false],
    ['1$', 'a 1$b', true],
    ['1$', 'a1$b', false],
  ])('%s in “%s” is a whole word: %s', (value, text, isWord) => {
    expect(new Secret(value).hide(text)).toBe(isWord ? '[secret]' : text);
  });

  it('is not searched for inside ordinary words', () => {
    expect(new Secret('p').hide('The port is closed.')).toBe('The port is closed.');
    expect(new Secret('root').hide('rootless, unrooted')).toBe('rootless, unrooted');
  });

  it('is not searched for inside longer encoded text', () => {
    const text = base64('is root ok');
    expect(new Secret('root').hide(text)).toBe(text);
  });
});

it('an ordinary word as a secret only hides messages that use it', () => {
  const secret = new Secret('password2026');
  expect(secret.hide('Access denied (using password: YES)')).toBe('[secret]');
  expect(secret.hide('The parameter SrcInfo.Ip is invalid.')).toContain('SrcInfo.Ip');
});

it('several secrets are searched for in a text, and an empty one is ignored', () => {
  const known = [new Secret(''), new Secret('first-one'), new Secret('second-one')];
  expect(hideSecrets(known, 'nothing')).toBe('nothing');
  expect(hideSecrets(known, 'SECOND-ONE')).toBe('[secret]');
});

it('a text of megabytes and one of a thousand encodings take less than a second', () => {
  const began = performance.now();
  const secret = new Secret(canary.repeat(10));
  hideSecrets([secret], `%25${'&#x26;amp;%5Cu0041+'.repeat(100_000)}`);
  hideSecrets([secret], '\\'.repeat(8_000));
  hideSecrets([secret], 'abcdef0123456789'.repeat(10_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});

it('never shows the value of a secret, however it is printed', () => {
  const secret = new Secret(canary);
  expect(Object.prototype.toString.call(secret)).toBe('[object Secret]');
  expect(`${secret} ${JSON.stringify({ secret })}`).toBe('[secret] {"secret":"[secret]"}');
});

describe('a message that can be read in too many ways to search all of them', () => {
  const ways = [
    ...['%252541', '%u0025u0042', '=3D3D43', 'a+b', '&amp;amp;lt;', '&#x26;#x44;', '\\u{5c}u{45}'],
    ...['\\\\\\\\q', '\\xc3\\xa9', "'\\'''\\''", `'"'"''"'"'`, "a''''''''b", 'a""b'],
    ...['^^^^^^^^q', '````````q', '&lt;', '\\n', '%41', '=41', '\\\\q'],
  ];
  /** Whether a message with these ways is hidden, although it has no part of the secret. */
  const isHidden = (chosen: readonly number[]): boolean => {
    const message = chosen.map((index) => ways[index]).join(' | ');
    return new Secret(canary).hide(message) !== message;
  };

  it.each<[number, readonly number[], boolean]>([
    [4, [0], false],
    [600, [0, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15], false],
    [601, [0, 1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18], true],
    [604, [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 13, 14, 15, 16, 19], true],
  ])('with %i readings, is hidden: %j, %s', (_, chosen, hidden) => {
    expect(isHidden(chosen)).toBe(hidden);
  });
});

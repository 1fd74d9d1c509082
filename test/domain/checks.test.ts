import {
  each,
  line,
  matches,
  maxLength,
  port,
  region,
  resourceId,
  secretText,
  unixSeconds,
  wholeNumber,
} from '../../src/domain/migration/checks';

describe.each([
  [
    'unix seconds',
    unixSeconds,
    ['1000000000', '1893456000', '9999999999'],
    [
      '',
      '0',
      '999999999',
      '10000000000',
      '18934560000',
      '0189345600',
      '1893456000 ',
      '+893456000',
      '1e9',
    ],
  ],
  [
    'a port',
    port,
    ['1', '80', '3306', '65535'],
    ['', '0', '65536', '080', '+80', '-80', '80.0', '1e3', '0x50', ' 80', '80 ', '12345678901'],
  ],
  ['a number from 0', wholeNumber(0, 12), ['0', '1', '10', '12'], ['13', '00', '01', '-1', '-0']],
  [
    'an id',
    resourceId('cdb', 'cdb-e78e0nnv'),
    ['cdb-1234', 'cdb-e78e0nnv', `cdb-${'a'.repeat(32)}`],
    [
      'cdb-123',
      `cdb-${'a'.repeat(33)}`,
      'CDB-1234',
      'cdb-ABCD',
      'xcdb-1234',
      'cdb-1234 ',
      'cdb_1234',
      'vpc-1234',
      'cdb-12.4',
    ],
  ],
  [
    'a region',
    region,
    ['ap-shanghai', 'na-siliconvalley', 'ap-shanghai-fsi', 'eu-frankfurt', 'ap-a1'],
    [
      '',
      'ap',
      'ap-',
      'AP-shanghai',
      'ap-shanghai-2',
      'ap-shanghai-fsi-1',
      'a-shanghai',
      'abcde-shanghai',
      'ap-2',
      'ap--x',
      `ap-${'a'.repeat(38)}`,
    ],
  ],
] as const)('%s', (_, check, good, bad) => {
  it.each(good)('is “%s”', (value) => expect(check(value)).toBeUndefined());
  it.each(bad)('is not “%s”', (value) => expect(check(value)).toBeDefined());
});

it('names the region of a zone', () => {
  expect(region('ap-shanghai-2')).toEqual({ code: 'zone_for_region', meant: 'ap-shanghai' });
  expect(region('ap-shanghai-fsi-10')).toEqual({
    code: 'zone_for_region',
    meant: 'ap-shanghai-fsi',
  });
  expect(region('shanghai')).toEqual({ code: 'not_a_region' });
  expect(region(`ap-${'a'.repeat(37)}`)).toBeUndefined();
  expect(region(`ap-${'a'.repeat(38)}`)).toEqual({ code: 'too_long', max: 40 });
});

it('says which numbers are allowed', () => {
  expect(port('0')).toEqual({ code: 'not_a_number', min: 1, max: 65_535 });
});

it('limits text to a length', () => {
  expect(maxLength(3)('abc')).toBeUndefined();
  expect(maxLength(3)('abcd')).toEqual({ code: 'too_long', max: 3 });
  expect(line(3)('abcd')).toEqual({ code: 'too_long', max: 3 });
  expect(secretText(3)('abcd')).toEqual({ code: 'too_long', max: 3 });
});

it.each(['\u0000', 'a\u0007b', 'a\n', '\u2028', '\u2029', '\ud800'])(
  'refuses a password with a character that nobody can type: %j',
  (value) => expect(secretText(10)(value)).toEqual({ code: 'control_characters' }),
);
it.each(['', ' a ', 'pä§§wörd', '密码', '😀'])('accepts the password %j', (value) =>
  expect(secretText(10)(value)).toBeUndefined(),
);

it('reports the first problem of several', () => {
  const check = each(matches(/^a/, { code: 'not_offered' }), maxLength(2));
  expect(check('bbb')).toEqual({ code: 'not_offered' });
  expect(check('abb')).toEqual({ code: 'too_long', max: 2 });
  expect(check('ab')).toBeUndefined();
});

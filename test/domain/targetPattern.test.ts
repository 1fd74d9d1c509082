import {
  coversPattern,
  matchesTarget,
  type PatternProblem,
  type PatternUse,
  problemOfDestination,
  problemOfInstance,
  readTargetPattern,
} from '../../src/domain/policy/targetPattern';

function problemOf(pattern: string, use: PatternUse): PatternProblem | undefined {
  const read = readTargetPattern(pattern, use);
  return read.ok ? undefined : read.problem;
}

const uses = ['source', 'secret'] as const;

describe('a pattern for targets', () => {
  it.each([
    ...['*', '*/*', '*/10.0.0.5', '*/10.0.0.0/8', '14.17.22.36', '14.17.22.0/24', '14.17.*'],
    ...['14.*', '14.17.22.*', '14.17.*.*', '2400:3200::/32', '2400:3200::1'],
    ...['db.example.com', 'DB.Example.com.', '*.example.com', 'd*b.example.com', '3.example.com'],
    ...['dcg-1a2b3c4d/*', 'dcg-1a2b3c4d/10.0.0.0/8', 'dcg-1a2b3c4d/db.local', 'd*-*/10.0.0.5'],
    ...['vpngw-1a2b/10.0.*', 'ccn-1a2b/10.0.0.5', 'ins-1a2b/10.0.0.5', 'ins-1a2b', 'cdb-e78e0nnv'],
    ...[
      'cdb-*',
      'c*-e78e',
      'cdb-1a2*',
      `cdb-${'a'.repeat(32)}`,
      'rm-bp1x',
      'rr-a',
      'pgm-1',
      'drds1',
    ],
    ...['rdsa1b2c3', 'rm', `${'a'.repeat(63)}.com`],
  ])('%s is valid for a source and a secret', (pattern) => {
    for (const use of uses) expect(problemOf(pattern, use)).toBeUndefined();
  });

  it.each<[string, PatternProblem]>([
    ...['', 'a/b/c/d', 'dcg-1a2b/10.0.0.0/8/8', 'dcg-1a2b/10.0.0.0/x'].map(
      (pattern): [string, PatternProblem] => [pattern, { code: 'target_shape' }],
    ),
    ...['cdb', 'orders', 'dcg-1a2b/cdb-e78e', 'dcg-1a2b/', 'cdb_e78e', 'dcg-1a2b/x.com/x'].map(
      (pattern): [string, PatternProblem] => [pattern, { code: 'target_shape' }],
    ),
    ...['10.0.0', '10.0.0/24', '14.17.22.256', '014.17.22.36', '14.300.*', '14.17.22.36:3306'].map(
      (pattern): [string, PatternProblem] => [pattern, { code: 'address_shape' }],
    ),
    ...['14.17.22.36.*', '14.*.5', '14.1*', '*.5', '14.17.*/16', '2400::*', '14.17.22.36.*.*'].map(
      (pattern): [string, PatternProblem] => [pattern, { code: 'address_wildcard' }],
    ),
    ['14.17.22.0/33', { code: 'prefix_too_long', max: 32 }],
    ['2400:3200::/129', { code: 'prefix_too_long', max: 128 }],
    ['14.17.22.1/24', { code: 'host_bits', meant: '14.17.22.0/24' }],
    ['2400:3200::1/32', { code: 'host_bits', meant: '2400:3200::/32' }],
    ...['127.0.0.1', '224.*', 'localhost.localdomain', 'db.localhost'].map(
      (pattern): [string, PatternProblem] => [pattern, { code: 'never_reached' }],
    ),
    ...[
      'a_b.example.com',
      'db..example.com',
      '-a.example.com',
      'a-.example.com',
      '*.*',
      '.com',
    ].map((pattern): [string, PatternProblem] => [pattern, { code: 'name_shape' }]),
    ...['db.example.7', `${'a'.repeat(64)}.com`, `${'a.'.repeat(126)}com`, 'a b.com'].map(
      (pattern): [string, PatternProblem] => [pattern, { code: 'name_shape' }],
    ),
    ...[
      'cdb-1a2b/10.0.0.1',
      'vpc-1a2b/*',
      'dcg-abc/*',
      'dcg-/*',
      'dcg/*',
      '-/*',
      'dcg_1/*',
      '!DCG-1a2b/*',
    ].map((pattern): [string, PatternProblem] => [pattern, { code: 'way_shape' }]),
    ...[
      'subnet-1a2b',
      'eip-1a2b',
      'lb-1a2b',
      'vpc-1a2b',
      'cdb-abc',
      '1cdb-abcd',
      'cdb-ab-cd',
      '!CDB-e78e',
    ].map((pattern): [string, PatternProblem] => [pattern, { code: 'instance_shape' }]),
    [`cdb-${'a'.repeat(33)}`, { code: 'instance_shape' }],
    ['DCG-1A2B/*', { code: 'not_lower_case', meant: 'dcg-1a2b' }],
    ['CDB-E78E', { code: 'not_lower_case', meant: 'cdb-e78e' }],
    ...['dcg-1a2b', 'vpngw-1a2b', 'ccn-1a2b'].map((pattern): [string, PatternProblem] => [
      ...([pattern, { code: 'way_alone', meant: `${pattern}/*` }] as const),
    ]),
  ])('%s can never match: %j', (pattern, problem) => {
    for (const use of uses) expect(problemOf(pattern, use)).toEqual(problem);
  });

  it.each<[string, PatternProblem]>([
    ['10.0.0.5', { code: 'private_without_way', meant: 'dcg-1a2b3c4d/10.0.0.5' }],
    ['10.0.*', { code: 'private_without_way', meant: 'dcg-1a2b3c4d/10.0.0.0/16' }],
    ['192.168.0.0/16', { code: 'private_without_way', meant: 'dcg-1a2b3c4d/192.168.0.0/16' }],
    ['db.*', { code: 'open_name' }],
    ['db.example.c*', { code: 'open_name' }],
  ])('%s is valid for a source only, because anyone could own a target: %j', (pattern, problem) => {
    expect(problemOf(pattern, 'source')).toBeUndefined();
    expect(problemOf(pattern, 'secret')).toEqual(problem);
  });
});

describe('a pattern for instances', () => {
  it.each(['*', 'cdb-*', 'cdb-e78e0nnv', 'cynosdbmysql-1a2b'])('%s is valid', (pattern) => {
    expect(problemOfDestination(pattern)).toBeUndefined();
    expect(problemOfInstance(pattern)).toBeUndefined();
  });

  it.each(['vpc-1a2b', 'cdb-abc', '*a', 'a.b'])('%s is not', (pattern) => {
    expect(problemOfDestination(pattern)).toEqual({ code: 'instance_shape' });
    expect(problemOfInstance(pattern)).toEqual({ code: 'instance_shape' });
  });

  it.each(['rm-a', 'rr1', 'rds-a', 'pgm-a', 'drds-a'])(
    '%s of Alibaba Cloud can only be a source',
    (pattern) => {
      expect(problemOfInstance(pattern)).toBeUndefined();
      expect(problemOfDestination(pattern)).toEqual({ code: 'instance_shape' });
      expect(problemOfInstance(`x${pattern.replace('-', '')}`)).toEqual({ code: 'instance_shape' });
    },
  );

  it('is in lower case', () => {
    const problem = { code: 'not_lower_case', meant: 'cdb-e78e' };
    expect(problemOfDestination('CDB-E78E')).toEqual(problem);
  });
});

it.each([
  ['*', '14.17.22.36', true],
  ['*', 'cdb-e78e', true],
  ['*', 'dcg-1a2b/10.0.0.5', false],
  ['*/*', 'dcg-1a2b/10.0.0.5', true],
  ['*/*', '14.17.22.36', false],
  ['*/10.0.0.5', 'dcg-1a2b/10.0.0.5', true],
  ['*/10.0.0.5', 'dcg-1a2b/10.0.0.6', false],
  ['dcg-1*/*', 'DCG-1A2B/10.0.0.5', true],
  ['dcg-1*/*', 'dcg-2a2b/10.0.0.5', false],
  ['14.17.*', '14.17.22.36', true],
  ['14.17.*', '14.18.22.36', false],
  ['14.17.*', '14.17.example.com', false],
  ['db.example.com', 'DB.example.com', true],
  ['db.example.com', 'other.example.com', false],
  ['14.17.22.36', 'db.example.com', false],
  ['*.example.com', '14.17.22.36', false],
  ['*.example.com', 'cdb-e78e', false],
  ['cdb-*', 'CDB-e78e', true],
  ['cdb-*', 'ins-e78e', false],
  ['c*-*', 'cdb.example.com', false],
  // An invalid pattern matches nothing.
  ['14.17.22.256', '14.17.22.256', false],
])('%s matches %s: %s', (pattern, target, matches) => {
  expect(matchesTarget(pattern, target)).toBe(matches);
});

it.each<[string, string, boolean, boolean]>([
  ['*', '14.17.22.36', true, true],
  ['*', 'cdb-e78e', true, true],
  ['14.17.22.36', '*', false, false],
  ['14.17.*', '14.17.22.0/24', true, true],
  ['14.17.22.0/24', '14.17.*', false, false],
  ['14.17.*', 'db.example.com', false, false],
  ['*.example.com', 'db.example.com', true, true],
  ['db.example.com', '*.example.com', false, false],
  ['*.example.com', 'cdb-e78e', false, false],
  ['cdb-*', 'cdb-e78e', true, true],
  ['cdb-e78e', 'cdb-*', false, false],
  ['dcg-*/*', 'dcg-1a2b/10.0.0.5', true, true],
  ['dcg-1a2b/*', 'dcg-*/*', false, false],
  ['dcg-1a2b/10.0.*', 'dcg-1a2b/10.1.*', false, false],
  ['dcg-1a2b/*', '14.17.22.36', false, false],
  // A source behind a gateway also goes by its address alone.
  ['*', 'dcg-1a2b/10.0.0.5', true, false],
  ['14.17.*', 'dcg-1a2b/14.17.22.36', true, false],
  ['14.17.*', 'dcg-1a2b/14.18.22.36', false, false],
  // A source on a machine goes by the machine, with and without an address.
  ['ins-1a2b', 'ins-1a2b/10.0.0.5', true, false],
  ['ins-*/*', 'ins-1a2b', true, false],
  ['*/*', 'ins-1a2b', true, false],
  ['*/*', 'cdb-e78e', false, false],
  ['ins-1a2b/10.0.0.5', 'ins-1a2b', false, false],
  ['d*-*', 'dcg-1a2b/10.0.0.5', false, false],
  ['14.17.22.256', '14.17.22.256', false, false],
  ['*', '14.17.22.256', false, false],
])('%s covers %s as a source: %s, and as a secret’s target: %s', (outer, inner, ...expected) => {
  expect(uses.map((use) => coversPattern(outer, inner, use))).toEqual(expected);
});

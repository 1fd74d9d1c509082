import type { People } from '../../src/domain/people/people';
import type { Conditions, Rule, StrictSetting } from '../../src/domain/policy/policy';
import { ruleShadows, secretShadows } from '../../src/domain/policy/shadows';
import type { SecretRule } from '../../src/domain/secrets/secretPolicy';
import { aRule } from '../support/aRule';

const user = (userId: string): People => ({ kind: 'user', userId });
const group = (groupId: string): People => ({ kind: 'group', groupId });
const two: Partial<Rule> = { required: 2 };

/** What Ferry says about two rules; the second needs two approvals unless `strict` says otherwise. */
const shadows = (
  first: Conditions,
  second: Conditions,
  strict: Partial<Rule> = two,
  lax: Partial<Rule> = {},
) =>
  ruleShadows({
    rules: [
      { when: first, rule: aRule(lax) },
      { when: second, rule: aRule(strict) },
    ],
    otherwise: aRule(),
  });
const never = { code: 'rule_never_applies', earlier: 0, later: 1 };
const lax = (...settings: StrictSetting[]) => ({
  code: 'lax_before_strict',
  earlier: 0,
  later: 1,
  settings,
});

/** For each condition: a wide value, one inside it, and one that excludes it. */
const conditions: readonly (readonly [Conditions, Conditions, Conditions])[] = [
  [{ engines: ['mysql', 'redis'] }, { engines: ['redis'] }, { engines: ['mongodb'] }],
  [{ accessTypes: ['cdb', 'cvm'] }, { accessTypes: ['cvm'] }, { accessTypes: ['ccn'] }],
  [{ sources: ['10.0.0.*'] }, { sources: ['10.0.0.5'] }, { sources: ['10.0.1.5'] }],
  [
    { sourceRegions: ['ap-beijing', 'ap-shanghai'] },
    { sourceRegions: ['ap-shanghai'] },
    { sourceRegions: ['ap-tokyo'] },
  ],
  [{ destinations: ['cdb-*'] }, { destinations: ['cdb-1'] }, { destinations: ['crs-1'] }],
  [
    { destinationRegions: ['ap-beijing', 'ap-shanghai'] },
    { destinationRegions: ['ap-shanghai'] },
    { destinationRegions: ['ap-tokyo'] },
  ],
  [{ migrationTypes: [1, 2] }, { migrationTypes: [2] }, { migrationTypes: [3] }],
  [{ wholeInstance: true }, { wholeInstance: true }, { wholeInstance: false }],
  [
    { requesters: [user('U1'), user('U2')] },
    { requesters: [user('U2')] },
    { requesters: [user('U3')] },
  ],
  [{ channels: ['C1', 'C2'] }, { channels: ['C2'] }, { channels: ['C3'] }],
];

describe.each(conditions)('%j', (wide, narrow, other) => {
  it('covers a rule inside it, which never applies', () => {
    expect(shadows(wide, narrow)).toEqual([never]);
    expect(shadows({}, narrow)).toEqual([never]);
    expect(shadows(wide, wide)).toEqual([never]);
  });

  it('meets a wider or unlimited rule, which may be stricter', () => {
    expect(shadows(wide, {})).toEqual([lax('required')]);
    expect(shadows(narrow, {})).toEqual([lax('required')]);
  });

  it('does not report a rule that excludes it', () => {
    expect(shadows(wide, other)).toEqual([]);
    expect(shadows(narrow, other)).toEqual([]);
  });

  it('covers or meets nothing if another condition excludes it', () => {
    const outside: Conditions =
      wide.channels === undefined
        ? { ...narrow, channels: ['C9'] }
        : { ...narrow, engines: ['mongodb'] };
    const inside: Conditions =
      wide.channels === undefined ? { channels: ['C1'] } : { engines: ['mysql'] };
    expect(shadows({ ...wide, ...inside }, outside)).toEqual([]);
  });
});

it.each<[Conditions, Conditions]>([
  [{ sources: ['10.0.0.5'] }, { sources: ['10.0.0.*'] }],
  [{ destinations: ['cdb-1'] }, { destinations: ['cdb-*'] }],
  [{ engines: ['mysql'] }, { engines: ['mysql', 'redis'] }],
])('%j meets %j without covering it', (first, second) => {
  expect(shadows(first, second)).toEqual([lax('required')]);
});

it('does not know who is in a group', () => {
  expect(shadows({ requesters: [group('S1')] }, { requesters: [user('U1')] })).toEqual([
    lax('required'),
  ]);
  expect(shadows({ requesters: [user('U1')] }, { requesters: [group('S1')] })).toEqual([
    lax('required'),
  ]);
});

it('treats all three migration types as no condition', () => {
  expect(shadows({ migrationTypes: [1, 2, 3] }, {})).toEqual([never]);
  expect(shadows({ migrationTypes: [1, 2] }, {})).toEqual([lax('required')]);
});

const window = {
  days: ['mon'],
  from: '01:00',
  to: '02:00',
  timeZone: 'UTC',
} as const satisfies Rule['windows'][number];
const first: Conditions = { engines: ['mysql'] };

it.each<[StrictSetting, Partial<Rule>, Partial<Rule>]>([
  ['approvers', { approvers: [user('U1')] }, { approvers: [user('U1'), user('U2')] }],
  ['required', { required: 2 }, {}],
  ['one_from_each', { oneFromEach: [[group('S1')]] }, {}],
  ['requesters', { requesters: [user('U1')] }, {}],
  ['windows', { windows: [window] }, {}],
  ['confirm_destination', { confirmDestination: true }, {}],
  ['break_glass', {}, { breakGlass: [user('U1')] }],
])('names %s, in which the later rule is stricter', (setting, strict, laxer) => {
  expect(shadows(first, {}, strict, laxer)).toEqual([lax(setting)]);
  expect(shadows(first, {}, laxer, strict)).toEqual([]);
  expect(shadows(first, {}, strict, strict)).toEqual([]);
  // Neither rule is laxer than the other.
  const mixed: Partial<Rule> =
    setting === 'required' ? { confirmDestination: true } : { required: 3 };
  expect(shadows(first, {}, strict, { ...laxer, ...mixed })).toEqual([]);
});

it('names the first rule that covers another', () => {
  const rules = [{ engines: ['redis'] }, {}, { engines: ['redis'] }].map((when) => ({
    when,
    rule: aRule(),
  }));
  expect(ruleShadows({ rules, otherwise: aRule() })).toEqual([
    { code: 'rule_never_applies', earlier: 0, later: 2 },
  ]);
});

describe('a secret rule is covered by another', () => {
  const pairs = (...rules: SecretRule[]) => secretShadows(rules);
  const anywhere = (secret: string, more: Partial<SecretRule> = {}): SecretRule => ({
    secret,
    anywhere: true,
    ...more,
  });

  it('that allows the same secrets everywhere, in either order', () => {
    const wide = anywhere('ssm:prod/*');
    const narrow: SecretRule = { secret: 'ssm:prod/orders', hosts: ['10.0.0.5'] };
    expect(pairs(wide, narrow)).toEqual([{ wide: 0, narrow: 1 }]);
    expect(pairs(narrow, wide)).toEqual([{ wide: 1, narrow: 0 }]);
    expect(pairs(anywhere('ssm:test/*'), narrow)).toEqual([]);
  });

  it('and only the later one is reported if both allow the same', () => {
    expect(pairs(anywhere('ssm:a'), anywhere('ssm:a'))).toEqual([{ wide: 0, narrow: 1 }]);
  });

  it.each<[Partial<SecretRule>, Partial<SecretRule>, boolean]>([
    [{ requesters: ['U1'] }, {}, false],
    [{}, { requesters: ['U1'] }, true],
    [{ requesters: ['U1', 'U2'] }, { requesters: ['U2'] }, true],
    [{ channels: ['C1'] }, {}, false],
    [{}, { channels: ['C1'] }, true],
    [{ channels: ['C1'] }, { channels: ['C2'] }, false],
  ])('for other people or channels: %j covers %j: %s', (outer, inner, isCovered) => {
    const found = pairs(anywhere('ssm:a*', outer), anywhere('ssm:ab', inner));
    expect(found).toEqual(isCovered ? [{ wide: 0, narrow: 1 }] : []);
  });

  it.each<[Partial<SecretRule>, Partial<SecretRule>, boolean]>([
    [{ hosts: ['203.0.113.*'] }, { hosts: ['203.0.113.5'] }, true],
    [{ hosts: ['203.0.113.*'] }, { hosts: ['203.0.113.5', '203.0.114.5'] }, false],
    [{ instances: ['cdb-*'] }, { instances: ['cdb-e78e0nnv'] }, true],
    [{ instances: ['cdb-*'] }, { instances: ['cdb-e78e0nnv', 'crs-e78e0nnv'] }, false],
    [{ instances: ['cdb-*'] }, { hosts: ['203.0.113.5'] }, false],
    [{ hosts: ['203.0.113.*'], instances: ['cdb-*'] }, { instances: ['cdb-e78e0nnv'] }, true],
    [{ hosts: ['203.0.113.*'] }, { anywhere: true }, false],
  ])('for other targets: %j covers %j: %s', (outer, inner, isCovered) => {
    const found = pairs({ secret: 'ssm:a*', ...outer }, { secret: 'ssm:ab', ...inner });
    expect(found).toEqual(isCovered ? [{ wide: 0, narrow: 1 }] : []);
  });
});

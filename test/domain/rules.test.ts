import fc from 'fast-check';
import type { FieldPath } from '../../src/domain/migration/fields';
import type { MigrationParameters } from '../../src/domain/migration/migration';
import type { People } from '../../src/domain/people/people';
import type { Membership } from '../../src/domain/people/person';
import { type Conditions, type Policy, usualRule } from '../../src/domain/policy/policy';
import {
  explainRules,
  groupsOfConditions,
  matchConditions,
  refusalWithout,
  rulingFor,
  type Subject,
  statedConditions,
} from '../../src/domain/policy/rules';

const base: MigrationParameters = {
  JobName: 'orders',
  MigrateOption: { RunMode: 1, MigrateType: 3, MigrateObject: 1, ConsistencyType: 1 },
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'extranet',
  SrcInfo: { Region: 'ap-guangzhou', Ip: 'Orders.db.example.com', Port: 3306, User: 'root' },
  DstDatabaseType: 'mysql',
  DstAccessType: 'cdb',
  DstInfo: { Region: 'ap-shanghai', InstanceId: 'cdb-e78e0nnv' },
};
const aSubject = (
  parameters: Partial<MigrationParameters> = {},
  facts: Partial<Subject> = {},
): Subject => ({
  parameters: { ...base, ...parameters },
  requester: 'U0ALICE',
  groups: new Map(),
  askedIn: 'C0ONE',
  ...facts,
});
const user = (userId: string): People => ({ kind: 'user', userId });
const group = (groupId: string): People => ({ kind: 'group', groupId });
const inGroups = (groups: Record<string, Membership>): Subject =>
  aSubject({}, { groups: new Map(Object.entries(groups)) });

const at = (Ip: string): Partial<MigrationParameters> => ({ SrcInfo: { ...base.SrcInfo, Ip } });
const rule = (name: string) => usualRule({ name, channel: 'C0ONE', approvers: [] });
const policyOf = (...all: readonly Conditions[]): Policy => ({
  rules: all.map((when, index) => ({ when, rule: rule(String(index)) })),
  otherwise: rule('usual'),
});

const behindGateway: Partial<MigrationParameters> = {
  SrcAccessType: 'dcg',
  SrcInfo: { Region: 'ap-guangzhou', UniqDcgId: 'dcg-abc12345', Ip: '10.0.0.5', Port: 3306 },
};
const cluster: Partial<MigrationParameters> = {
  SrcAccessType: 'cvm',
  SrcNodeType: 'cluster',
  SrcInfoMulti: [
    { CvmInstanceId: 'ins-one1', Ip: '10.0.0.1', Port: 6379 },
    { CvmInstanceId: 'ins-two2', Port: 6379 },
  ],
};
const instance: Partial<MigrationParameters> = {
  SrcAccessType: 'cdb',
  SrcInfo: { InstanceId: 'cdb-powiqx8q' },
};
const behindVpn = (SrcInfo: MigrationParameters['SrcInfo']): Partial<MigrationParameters> => ({
  SrcAccessType: 'vpncloud',
  SrcInfo: { Region: 'ap-guangzhou', ...SrcInfo },
});
const behindNetwork = (SrcInfo: MigrationParameters['SrcInfo']): Partial<MigrationParameters> => ({
  SrcAccessType: 'ccn',
  SrcInfo: { Region: 'ap-guangzhou', ...SrcInfo },
});
const onMachine = (SrcInfo: MigrationParameters['SrcInfo']): Partial<MigrationParameters> => ({
  SrcAccessType: 'cvm',
  SrcInfo: { Region: 'ap-guangzhou', CvmInstanceId: 'ins-1a2b3c4d', Port: 3306, ...SrcInfo },
});
const rds: Partial<MigrationParameters> = {
  SrcInfo: { ...base.SrcInfo, Supplier: 'aliyun', RdsInstanceId: 'rm-bp1a2b3c' },
};

describe('a condition', () => {
  it.each<[Conditions, Partial<MigrationParameters>, boolean]>([
    [{}, {}, true],
    [{ engines: ['mysql', 'mariadb'] }, {}, true],
    [{ engines: ['mariadb'] }, {}, false],
    [{ accessTypes: ['cdb', 'extranet'] }, {}, true],
    [{ accessTypes: ['cdb'] }, {}, false],
    [{ sources: ['*.db.example.com'] }, {}, true],
    [{ sources: ['ORDERS.*'] }, {}, true],
    [{ sources: ['db.example.com'] }, {}, false],
    [{ sources: ['10.0.*'] }, behindGateway, true],
    [{ sources: ['10.0.0.0/8'] }, behindGateway, true],
    [{ sources: ['dcg-abc12345/10.0.0.0/24'] }, behindGateway, true],
    [{ sources: ['dcg-abc12345/10.0.1.0/24'] }, behindGateway, false],
    [{ sources: ['14.17.*'] }, at('14.17.example.com'), false],
    [{ sources: ['14.17.*'] }, at('14.17.22.36'), true],
    [{ sources: ['14.17.0.0/16'] }, at('::ffff:14.17.22.36'), true],
    [{ sources: ['*.example.com'] }, at('DB.example.com.'), true],
    [{ sources: ['2400:3200::/32'] }, at('2400:3200:0:0:0:0:0:1'), true],
    [{ sources: ['dcg-abc12345/*'] }, behindGateway, true],
    [{ sources: ['dcg-*/10.0.0.5'] }, behindGateway, true],
    [{ sources: ['dcg-abc12345'] }, behindGateway, false],
    [{ sources: ['dcg-other999/*'] }, behindGateway, false],
    [{ sources: ['cdb-*'] }, instance, true],
    [{ sources: ['cdb-e78e0nnv'] }, instance, false],
    [{ sources: ['rm-*'] }, rds, true],
    [{ sources: ['ins-two2'] }, cluster, true],
    [{ sources: ['ins-one1/10.0.0.1'] }, cluster, true],
    [{ sources: ['10.0.0.1'] }, cluster, true],
    [{ sources: ['ins-three3'] }, cluster, false],
    [{ sources: ['ins-two2/*'] }, cluster, true],
    [{ sources: ['ins-three3/*'] }, cluster, false],
    [{ sources: ['ins-1a2b3c4d/*'] }, onMachine({}), true],
    [{ sources: ['ins-1a2b3c4d/*'] }, onMachine({ Ip: '10.0.0.5' }), true],
    [{ sources: ['*/*'] }, onMachine({}), true],
    [{ sources: ['ins-5e6f7g8h/*'] }, onMachine({}), false],
    [{ sources: ['*/*'] }, behindNetwork({ Ip: '10.0.0.5' }), true],
    [{ sources: ['*/*'] }, behindVpn({}), true],
    [{ sources: ['*'] }, behindVpn({}), true],
    [{ sources: ['*'] }, onMachine({}), true],
    [{ sourceRegions: ['ap-guangzhou'] }, {}, true],
    [{ sourceRegions: ['ap-shanghai'] }, {}, false],
    [
      { sourceRegions: ['ap-guangzhou'] },
      { ...instance, SrcInfo: { Region: 'ap-shanghai', InstanceId: 'cdb-powiqx8q' } },
      false,
    ],
    [{ destinations: ['cdb-e78e0nnv'] }, {}, true],
    [{ destinations: ['crs-*', 'CDB-*'] }, {}, true],
    [{ destinations: ['*'] }, {}, true],
    [{ destinations: ['cdb-e78e0nn'] }, {}, false],
    [{ destinationRegions: ['ap-shanghai'] }, {}, true],
    [{ destinationRegions: ['ap-guangzhou'] }, {}, false],
    [{ migrationTypes: [2, 3] }, {}, true],
    [{ migrationTypes: [1] }, {}, false],
    [{ wholeInstance: true }, {}, true],
    [{ wholeInstance: false }, {}, false],
    [
      { wholeInstance: false },
      { MigrateOption: { ...base.MigrateOption, MigrateObject: 2 } },
      true,
    ],
    [{ channels: ['C0TWO', 'C0ONE'] }, {}, true],
    [{ channels: ['C0TWO'] }, {}, false],
    [{ requesters: [user('U0ALICE')] }, {}, true],
    [{ requesters: [user('U0BOB')] }, {}, false],
  ])('%j matches %j: %s', (when, parameters, expected) => {
    const [because] = statedConditions(when);
    expect(matchConditions(when, aSubject(parameters))).toEqual(
      expected ? { verdict: 'yes' } : { verdict: 'no', because },
    );
  });

  it.each([undefined, 'D0ALICE'])('of channels is in doubt for a request from %s', (askedIn) => {
    const subject = aSubject({}, { askedIn });
    expect(matchConditions({ channels: ['C0ONE'] }, subject)).toEqual({
      verdict: 'unknown',
      missing: { code: 'channel' },
    });
  });

  it.each<[Conditions, Partial<MigrationParameters>, FieldPath | undefined]>([
    [{ sourceRegions: ['ap-guangzhou'] }, instance, 'SrcInfo.Region'],
    [{ sources: ['10.0.0.0/8'] }, behindVpn({}), 'SrcInfo.Ip'],
    [{ sources: ['vpngw-1a2b3c4d/10.0.0.0/8'] }, behindVpn({}), 'SrcInfo.UniqVpnGwId'],
    [{ sources: ['10.0.0.0/8'] }, behindVpn({ Ip: '192.168.0.5' }), undefined],
    [{ sources: ['cdb-*'] }, behindVpn({}), undefined],
    [{ sources: ['10.0.0.0/8'] }, behindVpn({ UniqVpnGwId: 'vpngw-1a2b3c4d' }), 'SrcInfo.Ip'],
    [{ sources: ['10.0.0.0/8'] }, behindVpn({ Ip: '10.0.0.5' }), undefined],
    [{ sources: ['vpngw-1a2b3c4d/*'] }, behindVpn({ Ip: '10.0.0.5' }), 'SrcInfo.UniqVpnGwId'],
    [
      { sources: ['vpngw-1a2b3c4d/*'] },
      { ...behindVpn({ Ip: '10.0.0.5' }), SrcAccessType: 'vpnselfbuild' },
      undefined,
    ],
    [{ sources: ['ccn-1a2b3c4d/*'] }, behindNetwork({ Ip: '10.0.0.5' }), 'SrcInfo.CcnId'],
    [{ sources: ['ccn-1a2b3c4d/10.0.0.0/8'] }, behindNetwork({ Ip: '10.0.0.5' }), 'SrcInfo.CcnId'],
    [{ sources: ['dcg-1a2b3c4d/*'] }, behindNetwork({ Ip: '10.0.0.5' }), undefined],
    [{ sources: ['ccn-1a2b3c4d/10.1.0.0/16'] }, behindNetwork({ Ip: '10.0.0.5' }), undefined],
    [
      { sources: ['ccn-1a2b3c4d/*'] },
      behindNetwork({ Ip: '10.0.0.5', CcnId: 'ccn-5e6f7g8h' }),
      undefined,
    ],
    [
      { sources: ['ccn-1a2b3c4d/*'] },
      {
        ...behindNetwork({}),
        SrcNodeType: 'cluster',
        SrcInfoMulti: [{ Ip: '10.0.0.1', Port: 6379 }],
      },
      'SrcInfo.CcnId',
    ],
    [{ sources: ['ins-1a2b3c4d/10.0.0.5'] }, onMachine({}), 'SrcInfo.Ip'],
    [{ sources: ['*/10.0.0.0/8'] }, onMachine({}), 'SrcInfo.Ip'],
    [{ sources: ['ins-*/*.db.example.com'] }, onMachine({}), 'SrcInfo.Ip'],
    [{ sources: ['ins-5e6f7g8h/10.0.0.5'] }, onMachine({}), undefined],
    [{ sources: ['ins-1a2b3c4d/10.0.0.5'] }, onMachine({ Ip: '10.0.0.6' }), undefined],
    [{ sources: ['10.0.0.0/8'] }, onMachine({}), undefined],
    [{ sources: ['ins-two2/10.0.0.5'] }, cluster, undefined],
  ])('%j is in doubt for %j without %s', (when, parameters, path) => {
    const match = matchConditions(when, aSubject(parameters));
    expect(match.verdict === 'unknown' ? match.missing : undefined).toEqual(
      path === undefined ? undefined : { code: 'field', path },
    );
  });

  it.each([
    ['ins-two2/10.0.0.5', 'yes'],
    ['*/10.9.0.0/16', 'yes'],
    ['ins-two3/10.0.0.5', 'no'],
    ['10.9.0.0/16', 'no'],
  ])('%s: %s for a cluster that names machines without addresses', (pattern, verdict) => {
    expect(matchConditions({ sources: [pattern] }, aSubject(cluster)).verdict).toBe(verdict);
  });

  it.each<[string, People[], Record<string, Membership>, string]>([
    ['a member', [group('S1')], { S1: 'yes' }, 'yes'],
    ['no member', [group('S1')], { S1: 'no' }, 'no'],
    ['nobody knows', [group('S1')], { S1: 'unknown' }, 'unknown'],
    ['nobody asked', [group('S1')], {}, 'unknown'],
    ['a member of one', [group('S1'), group('S2')], { S1: 'unknown', S2: 'yes' }, 'yes'],
    ['perhaps a member of one', [group('S1'), group('S2')], { S1: 'no', S2: 'unknown' }, 'unknown'],
    ['named besides', [group('S1'), user('U0ALICE')], { S1: 'unknown' }, 'yes'],
  ])('of requesters, %s', (_, requesters, groups, verdict) => {
    expect(matchConditions({ requesters }, inGroups(groups)).verdict).toBe(verdict);
  });

  it('that certainly fails decides before one in doubt', () => {
    const requesters = [group('S1')];
    expect(matchConditions({ engines: ['redis'], requesters }, aSubject())).toEqual({
      verdict: 'no',
      because: 'engines',
    });
    expect(matchConditions({ requesters, channels: ['C0TWO'] }, aSubject())).toEqual({
      verdict: 'no',
      because: 'channels',
    });
    expect(matchConditions({ engines: ['mysql'], requesters }, aSubject())).toEqual({
      verdict: 'unknown',
      missing: { code: 'group', groupId: 'S1' },
    });
  });
});

const ruleFor = (policy: Policy, subject: Subject) => {
  const ruling = rulingFor(policy, subject);
  return ruling.kind === 'rule' ? ruling.rule : undefined;
};

describe('the rule that applies', () => {
  it('is the first that covers the request, or the default', () => {
    const policy = policyOf({ engines: ['redis'] }, { destinations: ['cdb-*'] }, {});
    expect(ruleFor(policy, aSubject())?.name).toBe('1');
    expect(ruleFor(policy, aSubject({ SrcDatabaseType: 'redis' }))?.name).toBe('0');
    expect(ruleFor(policyOf({ engines: ['redis'] }), aSubject())?.name).toBe('usual');
    expect(ruleFor(policyOf(), aSubject())?.name).toBe('usual');
  });

  it('is explained rule by rule up to that one', () => {
    const policy = policyOf(
      { engines: ['redis'] },
      { requesters: [user('U0BOB')] },
      { engines: ['mysql'] },
      {},
    );
    const explained = explainRules(policy, aSubject());
    expect(explained.map(({ rule: { name }, match }) => [name, match])).toEqual([
      ['0', { verdict: 'no', because: 'engines' }],
      ['1', { verdict: 'no', because: 'requesters' }],
      ['2', { verdict: 'yes' }],
    ]);
    expect(explained[1]?.when).toEqual({ requesters: [user('U0BOB')] });
    expect(explainRules(policyOf(), aSubject())).toEqual([
      { when: {}, rule: rule('usual'), match: { verdict: 'yes' } },
    ]);
  });

  it('is unknown if Slack did not say what an earlier rule depends on', () => {
    const policy = policyOf({ requesters: [group('S1')] }, {});
    expect(ruleFor(policy, inGroups({ S1: 'unknown' }))).toBeUndefined();
    expect(explainRules(policy, inGroups({ S1: 'unknown' })).at(-1)?.match).toEqual({
      verdict: 'unknown',
      missing: { code: 'group', groupId: 'S1' },
    });
    expect(ruleFor(policy, inGroups({ S1: 'no' }))?.name).toBe('1');
  });

  it('needs each group once', () => {
    const policy = policyOf(
      { requesters: [group('S1'), user('U0BOB'), group('S2')] },
      { requesters: [group('S2')] },
      { engines: ['mysql'] },
    );
    expect(groupsOfConditions(policy)).toEqual(['S1', 'S2']);
  });
});

const membership = fc.constantFrom<Membership>('yes', 'no', 'unknown');
const someSubject = fc
  .record({
    engine: fc.constantFrom('mysql' as const, 'redis' as const),
    type: fc.constantFrom(1 as const, 2 as const),
    instanceId: fc.constantFrom('cdb-abc', 'crs-abc'),
    askedIn: fc.constantFrom('C0ONE', 'C0TWO', undefined),
    requester: fc.constantFrom('U0ALICE', 'U0BOB'),
    groups: fc.dictionary(fc.constantFrom('S1', 'S2'), membership),
  })
  .map(({ engine, type, instanceId, askedIn, requester, groups }) =>
    aSubject(
      {
        SrcDatabaseType: engine,
        MigrateOption: { ...base.MigrateOption, MigrateType: type },
        DstInfo: { ...base.DstInfo, InstanceId: instanceId },
      },
      { askedIn, requester, groups: new Map(Object.entries(groups)) },
    ),
  );
const someConditions: fc.Arbitrary<Conditions> = fc.record(
  {
    engines: fc.constantFrom(['mysql'], ['redis'], ['mysql', 'redis']),
    destinations: fc.constantFrom(['cdb-*'], ['crs-*'], ['*']),
    migrationTypes: fc.constantFrom([1], [2], [1, 2]),
    channels: fc.constantFrom(['C0ONE'], ['C0ONE', 'C0TWO']),
    requesters: fc.constantFrom([group('S1')], [group('S1'), group('S2')], [user('U0BOB')]),
  },
  { requiredKeys: [] },
);

describe('for all rules', () => {
  const somePolicy = fc
    .array(someConditions, { maxLength: 5 })
    .map((conditions) => policyOf(...conditions));

  it('the first rule that covers a request applies, and none after a rule in doubt', () => {
    fc.assert(
      fc.property(somePolicy, someSubject, (policy, subject) => {
        const verdicts = policy.rules.map(({ when }) => matchConditions(when, subject).verdict);
        const decisive = verdicts.findIndex((verdict) => verdict !== 'no');
        const expected =
          decisive < 0 ? 'usual' : verdicts[decisive] === 'yes' ? String(decisive) : undefined;
        expect(ruleFor(policy, subject)?.name).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('knowing a group never replaces one rule by another', () => {
    fc.assert(
      fc.property(somePolicy, someSubject, membership, (policy, subject, learnt) => {
        const before = ruleFor(policy, subject);
        const groups = new Map(['S1', 'S2'].map((id) => [id, learnt] as const));
        for (const [id, known] of subject.groups) if (known !== 'unknown') groups.set(id, known);
        const after = ruleFor(policy, { ...subject, groups });
        if (before !== undefined) expect(after?.name).toBe(before.name);
      }),
      { numRuns: 1_000 },
    );
  });

  it('conditions in any order have the combined result of each alone', () => {
    fc.assert(
      fc.property(someConditions, someSubject, (when, subject) => {
        const entries = Object.entries(when);
        const alone = entries.map(
          ([name, value]) => matchConditions({ [name]: value }, subject).verdict,
        );
        const expected = alone.includes('no')
          ? 'no'
          : alone.includes('unknown')
            ? 'unknown'
            : 'yes';
        expect(matchConditions(when, subject).verdict).toBe(expected);
        const reversed: Conditions = Object.fromEntries(entries.toReversed());
        expect(matchConditions(reversed, subject)).toEqual(matchConditions(when, subject));
      }),
      { numRuns: 1_000 },
    );
  });
});

test('says which missing fact leaves the rule open', () => {
  expect(refusalWithout({ code: 'field', path: 'SrcInfo.Region' })).toEqual({
    code: 'field_needed',
    path: 'SrcInfo.Region',
  });
});

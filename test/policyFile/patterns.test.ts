import { sourceEngines } from '../../src/domain/migration/engines';
import type { PolicyFileProblem } from '../../src/domain/policy/policyFileProblem';
import { locales } from '../../src/i18n/locales';
import { parsePolicyFile } from '../../src/policyFile/parsePolicyFile';

const approvals = 'approvals: {channel: C0ONE, approvers: [S0DBA]}\n';

type List =
  | 'sources'
  | 'source_regions'
  | 'destinations'
  | 'destination_regions'
  | 'requesters'
  | 'channels'
  | 'hosts'
  | 'instances'
  | 'secret channels'
  | 'secret requesters';

/** A file with one entry in one list, and the column of the entry. */
function fileWith(list: List, entry: string): { text: string; column: number } {
  const key = list.replace('secret ', '');
  const isSecret = list.startsWith('secret ');
  const line =
    list === 'hosts' || list === 'instances' || isSecret
      ? `  - {secret: "ssm:a"${isSecret ? ', anywhere: true' : ''}, ${key}: ["${entry}"]}`
      : `  - {name: one, when: {${key}: ["${entry}"]}}`;
  const section = line.includes('secret:') ? 'secrets' : 'rules';
  return { text: `${approvals}${section}:\n${line}`, column: line.indexOf(`["`) + 2 };
}

function problemsIn(text: string): readonly PolicyFileProblem[] {
  const parsed = parsePolicyFile(text);
  return parsed.ok ? [] : parsed.problems;
}

const bad: [List, string, PolicyFileProblem['code'], string?][] = [
  ['sources', '10.0.0.1/8', 'host_bits', '10.0.0.0/8'],
  ['sources', '2400:3200::1/32', 'host_bits', '2400:3200::/32'],
  ['sources', 'dcg-1a2b3c4d/10.0.0.1/8', 'host_bits', '10.0.0.0/8'],
  ['sources', '::ffff:10.0.0.1/104', 'host_bits', '10.0.0.0/8'],
  ['sources', '10.0.0.0/33', 'prefix_too_long'],
  ['sources', '2400:3200::/129', 'prefix_too_long'],
  ['sources', '10/8', 'address_shape'],
  ['sources', '10.0.0/24', 'address_shape'],
  ['sources', '010.0.0.1', 'address_shape'],
  ['sources', '10.0.0.256', 'address_shape'],
  ['sources', '10.300.*', 'address_shape'],
  ['sources', '10.00.*', 'address_shape'],
  ['sources', '10.0.0.0.*', 'address_wildcard'],
  ['sources', '10.*.5', 'address_wildcard'],
  ['sources', '10.1*', 'address_wildcard'],
  ['sources', '*.5', 'address_wildcard'],
  ['sources', '10.0.*/16', 'address_wildcard'],
  ['sources', '2400:3200::*', 'address_wildcard'],
  ['sources', 'fe80::1%eth0', 'address_shape'],
  ['sources', '127.0.0.1', 'never_reached'],
  ['sources', '127.*', 'never_reached'],
  ['sources', '224.0.0.0/4', 'never_reached'],
  ['sources', 'localhost.localdomain', 'never_reached'],
  ['sources', '*.localhost', 'never_reached'],
  ['sources', 'a_b.example.com', 'name_shape'],
  ['sources', '*.bücher.example', 'name_shape'],
  ['sources', 'db.0x7f', 'name_shape'],
  ['sources', '*.example.7', 'name_shape'],
  ['sources', 'db..example.com', 'name_shape'],
  ['sources', '*.*', 'name_shape'],
  ['sources', 'http://db.example.com', 'target_shape'],
  ['sources', 'db.example.com:3306', 'address_shape'],
  ['sources', 'cdb-1a2b3c4d/10.0.0.1', 'way_shape'],
  ['sources', 'vpc-1a2b3c4d/*', 'way_shape'],
  ['sources', 'dcg-abc/*', 'way_shape'],
  ['sources', 'DCG-1a2b3c4d/*', 'not_lower_case', 'dcg-1a2b3c4d'],
  ['sources', 'DCG-1a2b3c4d/8', 'not_lower_case', 'dcg-1a2b3c4d'],
  ['sources', 'dcg-abc/8', 'way_shape'],
  ['sources', 'dcg-1a2b3c4d', 'way_alone', 'dcg-1a2b3c4d/*'],
  ['sources', 'vpc-1a2b3c4d', 'instance_shape'],
  ['sources', 'CDB-E78E0NNV', 'not_lower_case', 'cdb-e78e0nnv'],
  ['sources', 'cdb-abc', 'instance_shape'],
  ['sources', 'cdb_e78e0nnv', 'target_shape'],
  ['channels', 'requester', 'channel_shape'],
  ['sources', 'production', 'target_shape'],
  ['sources', 'dcg-1a2b3c4d/production', 'target_shape'],
  ['sources', 'dcg-1a2b3c4d/cdb-e78e0nnv', 'target_shape'],
  ['sources', '*/rm-uf6wjk5xxxx', 'target_shape'],
  ['source_regions', 'ap-shanghai-2', 'zone_for_region', 'ap-shanghai'],
  ['source_regions', 'AP-SHANGHAI', 'region_shape'],
  ['destination_regions', 'ap-guangzhou-3', 'zone_for_region', 'ap-guangzhou'],
  ['destination_regions', 'ap-*', 'region_shape'],
  ['destinations', 'CDB-*', 'not_lower_case', 'cdb-*'],
  ['destinations', 'cdb-e7', 'instance_shape'],
  ['destinations', 'cdb_*', 'instance_shape'],
  ['destinations', 'vpc-*', 'instance_shape'],
  ['destinations', '10.0.0.0/8', 'instance_shape'],
  ['destinations', `cdb-${'a'.repeat(33)}`, 'instance_shape'],
  ['requesters', 'u0alice', 'requester_shape'],
  ['requesters', 'C0ONE', 'requester_shape'],
  ['channels', 'c0one', 'channel_shape'],
  ['channels', 'D0ALICE', 'channel_shape'],
  ['channels', '#migrations', 'channel_shape'],
  ['hosts', '10.0.0.5', 'private_without_way', 'dcg-1a2b3c4d/10.0.0.5'],
  ['hosts', '10.0.0.0/8', 'private_without_way', 'dcg-1a2b3c4d/10.0.0.0/8'],
  ['hosts', '192.168.*', 'private_without_way', 'dcg-1a2b3c4d/192.168.0.0/16'],
  ['hosts', 'fd00::/8', 'private_without_way', 'dcg-1a2b3c4d/fd00::/8'],
  ['hosts', '14.17.22.36/24', 'host_bits', '14.17.22.0/24'],
  ['hosts', 'db.*', 'open_name'],
  ['hosts', '*.com*', 'open_name'],
  ['hosts', '::1', 'never_reached'],
  ['instances', 'CDB-E78E0NNV', 'not_lower_case', 'cdb-e78e0nnv'],
  ['instances', 'ins-1', 'instance_shape'],
  ['instances', 'db.example.com', 'instance_shape'],
  ['secret channels', 'C0TWO', 'channel_without_requests'],
  ['secret channels', 'c0one', 'channel_shape'],
  ['secret requesters', 'channel', 'requester_shape'],
];

describe.each(bad)('%s: %s', (list, entry, code, meant) => {
  const { text, column } = fileWith(list, entry);

  it(`is rejected as ${code} at its place`, () => {
    expect(problemsIn(text)).toMatchObject([{ code, line: 3, column }]);
  });

  it.each(['en', 'zh-CN'] as const)('has a message in %s with what to write', (locale) => {
    const words = problemsIn(text).map(locales[locale].config.policyFileProblem).join();
    expect(words).not.toMatch(/undefined|_shape|\[object/);
    expect(words).toContain(meant ?? '');
    expect(/\p{Script=Han}/u.test(words)).toBe(locale === 'zh-CN');
  });
});

it.each<[List, string]>([
  ...['10.0.0.0/8', '10.0.*', '10.0.*.*', '14.17.22.36', '0.0.0.0/0', '::/0', '2400:3200::/32'].map(
    (each): [List, string] => ['sources', each],
  ),
  ...['*', '*/10.0.0.0/8', 'dcg-*/*', 'ins-1a2b3c4d/10.0.0.5', 'ccn-1a2b3c4d/*.db.internal'].map(
    (each): [List, string] => ['sources', each],
  ),
  ...[
    'DB.Example.com.',
    'orders.*',
    '*.db.internal',
    'rm-*',
    'cdb-*',
    'ins-1a2b3c4d',
    '*-abcd',
  ].map((each): [List, string] => ['sources', each]),
  ['source_regions', 'ap-shanghai-fsi'],
  ['destinations', '*'],
  ['destinations', 'cynosdbmysql-*'],
  ['hosts', '14.17.0.0/16'],
  ['hosts', 'dcg-1a2b3c4d/10.0.0.0/8'],
  ['hosts', '*'],
  ['hosts', '*.example.com'],
  ['instances', 'rm-bp1a2b3c4d5e6f7g8'],
  ['instances', 'rds1a2b3c4d'],
  ['secret channels', 'C0ONE'],
])('%s may be %s', (list, entry) => {
  expect(problemsIn(fileWith(list, entry).text)).toEqual([]);
});

describe('a secret rule', () => {
  const secrets = (said: string) => `${approvals}secrets:\n  - {secret: "ssm:a"${said}}`;
  it.each([
    ['', [{ code: 'secret_unbound', line: 3, column: 5 }]],
    [', requesters: [U0ALICE]', [{ code: 'secret_unbound' }]],
    [', anywhere: false', [{ code: 'unknown_value', line: 3 }]],
    [', anywhere: true, hosts: ["*"]', [{ code: 'anywhere_and_bound', line: 3, column: 33 }]],
    [', anywhere: true', []],
    [', hosts: ["*"]', []],
    [', instances: ["*"]', []],
  ])('with %j', (said, problems) => {
    expect(problemsIn(secrets(said))).toMatchObject(problems);
  });
});

it('rejects a preset whose address no form accepts, and stores the others in one spelling', () => {
  const preset = (host: string) => `${approvals}presets: {a: {SrcInfo.Ip: "${host}"}}`;
  expect(problemsIn(preset('0x7f.0.0.1'))).toMatchObject([
    { code: 'not_for_field', problem: { code: 'not_an_address' }, line: 2, column: 27 },
  ]);
  expect(parsePolicyFile(preset('DB.Example.com.'))).toMatchObject({
    policyFile: { presets: [{ values: { 'SrcInfo.Ip': 'db.example.com' } }] },
  });
});

it.each(['2026-12-01 02:00:00', '"2026-12-01 02:00:00"', '1796061600'])(
  'stores a time of a preset in Unix seconds: %s',
  (time) => {
    const runAt = `MigrateOption.RunMode: 2, MigrateOption.ExpectTime: ${time}`;
    expect(parsePolicyFile(`${approvals}presets: {a: {${runAt}}}`)).toMatchObject({
      policyFile: {
        presets: [{ values: { 'MigrateOption.ExpectTime': '1796061600' } }],
        warnings: [],
      },
    });
  },
);

describe('a value of a preset that its field never accepts', () => {
  const preset = (field: string) => `${approvals}presets: {a: {${field}}}`;

  it.each([
    ['MigrateOption.MigrateType: full', ['1', '2', '3'], undefined],
    ['SrcDatabaseType: postgres', sourceEngines, 'postgresql'],
    ['SrcDatabaseType: MySQL', sourceEngines, 'mysql'],
    ['MigrateOption.IsOverrideRoot: yes', ['0', '1'], undefined],
    ['SrcInfo.Password.Source: "ssm:orders"', ['typed', 'ssm:NAME:VERSION', 'env:NAME'], undefined],
  ])('is refused with the values that it accepts: %s', (field, known, nearest) => {
    const [problem, ...others] = problemsIn(preset(field));
    expect(problem).toMatchObject({ code: 'unknown_value', known, nearest, line: 2 });
    expect(others).toEqual([]);
  });

  it.each([
    ['MigrateOption.ExpectTime: 2026-02-30 02:00:00', { code: 'not_a_time' }],
    ['MigrateOption.ExpectTime: "2026-12-01"', { code: 'not_a_time' }],
    ['SrcInfo.Port: 70000', { code: 'not_a_number', min: 1, max: 65_535 }],
    ['SrcInfo.Region: ap-shanghai-2', { code: 'zone_for_region', meant: 'ap-shanghai' }],
    ['DstInfo.InstanceId: orders', { code: 'not_an_id' }],
    ['SrcInfo.Ip: "db.example.com:3306"', { code: 'more_than_a_host' }],
    ['SrcInfo.Ip: localhost', { code: 'not_reachable' }],
    [`JobName: ${'x'.repeat(129)}`, { code: 'too_long', max: 128 }],
  ])('is refused in the words of the form: %s', (field, problem) => {
    expect(problemsIn(preset(field))).toMatchObject([{ code: 'not_for_field', problem }]);
  });

  it.each([
    'MigrateOption.MigrateType: 2',
    // Another field, which the person fills in, decides about these.
    'MigrateOption.IsOverrideRoot: 1',
    'SrcInfo.Ip: 10.0.0.5',
    'SrcInfo.CvmInstanceId: ins-1a2b3c4d',
    'SrcInfo.Password.Source: "ssm:orders:v2"',
    'MigrateOption.ExpectTime: 2026-12-01 02:00:00',
    'MigrateOption.ExpectTime: 1796061600',
    'JobName: " orders "',
    'JobName: ""',
  ])('is not one that some forms accept: %s', (field) => {
    expect(problemsIn(preset(field))).toEqual([]);
  });
});

describe('the loader warns about', () => {
  const rules = (...all: string[]) =>
    `${approvals}rules:\n${all.map((each) => `  - {${each}}`).join('\n')}`;
  const secretRules = (...all: string[]) =>
    `${approvals}secrets:\n${all.map((each) => `  - {${each}}`).join('\n')}`;
  const warningsIn = (text: string) => {
    const parsed = parsePolicyFile(text);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.policyFile.warnings;
  };

  it.each([
    ['    JobName: orders #2', 'presets.a.JobName', 'orders', '2'],
    ['    Reason: Move orders # for the audit', 'presets.a.Reason', 'Move orders', 'for the audit'],
    ['    SrcInfo.User: root #1', 'presets.a["SrcInfo.User"]', 'root', '1'],
  ])('a preset with %s, which YAML cuts', (line, path, read, comment) => {
    expect(warningsIn(`${approvals}presets:\n  a:\n${line}`)).toMatchObject([
      { code: 'cut_by_comment', path, read, comment, line: 4 },
    ]);
  });

  it('a name of a rule that YAML cuts', () => {
    expect(
      warningsIn(`${approvals}rules:\n  - name: Team #1\n    when: {engines: [mysql]}`),
    ).toMatchObject([
      { code: 'cut_by_comment', path: 'rules[0].name', read: 'Team', comment: '1' },
    ]);
  });

  it.each([
    '    JobName: "orders #2"',
    '    JobName: orders#2',
    '    DstInfo.Region: ap-shanghai # the usual one',
    '    SrcInfo.Port: 3306 # the usual one',
    "    MigrateOption.MigrateType: '3' # full and incremental",
    '    # JobName: orders\n    JobName: shop',
  ])('nothing for an intended comment: %s', (lines) => {
    expect(warningsIn(`${approvals}presets:\n  a:\n${lines}`)).toEqual([]);
  });

  it.each<[string, string, object | undefined]>([
    [
      'DatabaseInfo: shop.orders',
      'DatabaseInfo',
      { path: 'MigrateOption.MigrateObject', value: '2' },
    ],
    ['ExpectTime: 1893456000', 'ExpectTime', { path: 'MigrateOption.RunMode', value: '2' }],
    ['SrcInfo.CcnId: ccn-1a2b3c4d', 'SrcInfo.CcnId', { path: 'SrcAccessType', value: 'ccn' }],
    [
      'SrcAccessType: dcg, SrcInfo.InstanceId: cdb-e78e0nnv',
      'SrcInfo.InstanceId',
      { path: 'SrcAccessType', value: 'cdb' },
    ],
    [
      'MigrateOption.MigrateObject: 2, MigrateOption.IsOverrideRoot: 1',
      'MigrateOption.IsOverrideRoot',
      { path: 'MigrateOption.MigrateObject', value: '1' },
    ],
    // A cluster needs another engine, too.
    ['SrcInfoMulti: "10.0.0.5:6379"', 'SrcInfoMulti', undefined],
  ])('a value of a preset that the others hide: %s', (fields, path, needs) => {
    const preset = fields.replace('ExpectTime', 'MigrateOption.ExpectTime');
    expect(warningsIn(`${approvals}presets: {a: {${preset}}}`)).toEqual([
      {
        ...{ code: 'preset_value_hidden', needs, line: 2, column: expect.any(Number) },
        path: expect.stringContaining(path),
      },
    ]);
  });

  it.each([
    'MigrateOption.MigrateObject: 2, DatabaseInfo: shop.orders',
    'MigrateOption.RunMode: 2, MigrateOption.ExpectTime: 1893456000',
    'SrcAccessType: ccn, SrcInfo.CcnId: ccn-1a2b3c4d, DstInfo.User: root',
    'SrcDatabaseType: redis, SrcNodeType: cluster, SrcInfoMulti: "10.0.0.5:6379"',
    'SrcInfo.Password.Source: typed, DstInfo.Password.Source: "env:ORDERS"',
    'JobName: "", DatabaseInfo: ""',
  ])('nothing in a preset whose values the form shows: %s', (fields) => {
    expect(warningsIn(`${approvals}presets: {a: {${fields}}}`)).toEqual([]);
  });

  it('all kinds from top to bottom', () => {
    const text = [
      approvals,
      'presets: {a: {JobName: orders #1',
      '  }}',
      'secrets: [{secret: "ssm:*", anywhere: true}, {secret: "ssm:a", hosts: [db.example.com]}]',
      'rules:',
      '  - {name: one, when: {engines: [mysql]}}',
      '  - {name: two, when: {engines: [mysql]}}',
      '  - name: Team #1',
      '    when: {engines: [redis]}',
    ].join('\n');
    expect(warningsIn(text).map(({ code }) => code)).toEqual([
      ...(['cut_by_comment', 'secret_allowed_anyway', 'rule_never_applies'] as const),
      'cut_by_comment',
    ]);
  });

  it.each([
    ['engines: [mysql, redis]', 'engines: [redis]'],
    ['sources: [10.0.0.0/8]', 'sources: [10.1.0.0/16, 10.2.3.4]'],
    ['sources: [10.0.0.0/8]', 'sources: [dcg-1a2b3c4d/10.0.0.5]'],
    ['sources: ["*.example.com"]', 'sources: ["*.db.example.com"], engines: [mysql]'],
    ['destinations: ["cdb-*"]', 'destinations: [cdb-e78e0nnv, cdb-abc*]'],
    ['migration_types: [structure, full, full_and_incremental]', 'whole_instance: true'],
    ['requesters: [S0DEV, U0ALICE]', 'requesters: [U0ALICE]'],
    ['channels: [C0ONE, C0TWO]', 'channels: [C0TWO], source_regions: [ap-guangzhou]'],
  ])('a rule {%s} that leaves nothing to {%s}', (first, second) => {
    const text = rules(`name: one, when: {${first}}`, `name: two, when: {${second}}, required: 2`);
    expect(warningsIn(text)).toMatchObject([
      { code: 'rule_never_applies', behind: 'one', line: 4, column: 5 },
    ]);
  });

  it.each([
    ['engines: [mysql]', 'engines: [redis]'],
    ['sources: [10.0.0.0/8]', 'sources: [11.0.0.0/8]'],
    ['sources: [10.1.0.0/16]', 'sources: [14.17.0.0/16]'],
    ['destinations: ["cdb-*"]', 'destinations: ["crs-*"]'],
    ['whole_instance: true', 'whole_instance: false'],
    ['requesters: [U0ALICE]', 'requesters: [U0BOB]'],
  ])('nothing if {%s} and {%s} share no request', (first, second) => {
    const text = rules(`name: one, when: {${first}}`, `name: two, when: {${second}}, required: 2`);
    expect(warningsIn(text)).toEqual([]);
  });

  it.each([
    ['required: 2', 'required'],
    ['confirm_destination: true', 'confirm_destination'],
    ['one_from_each: [[S0DBA]]', 'one_from_each'],
    ['requesters: [S0DEV]', 'requesters'],
    ['windows: [{days: [sat], from: "00:00", to: "24:00", time_zone: UTC}]', 'windows'],
  ])('a less strict rule above one with %s', (said, setting) => {
    const text = rules(
      'name: lax, when: {migration_types: [structure]}',
      `name: strict, when: {destinations: [cdb-e78e0nnv]}, ${said}`,
    );
    expect(warningsIn(text)).toMatchObject([
      { code: 'lax_before_strict', strict: 'strict', settings: [setting], line: 3, column: 5 },
    ]);
    const turned = rules(
      `name: strict, when: {destinations: [cdb-e78e0nnv]}, ${said}`,
      'name: lax, when: {migration_types: [structure]}',
    );
    expect(warningsIn(turned)).toEqual([]);
  });

  it.each([
    ['secret: "ssm:*", hosts: ["*.example.com"]', 'secret: "ssm:a", hosts: [db.example.com]', 4],
    ['secret: "ssm:*", anywhere: true', 'secret: "ssm:a", instances: [cdb-e78e0nnv]', 4],
    [
      'secret: "ssm:a", hosts: [14.17.22.36], requesters: [S0DBA]',
      'secret: "ssm:a", hosts: [14.17.0.0/16]',
      3,
    ],
    ['secret: "ssm:a", hosts: ["*"]', 'secret: "ssm:a", hosts: ["*"]', 4],
  ])('a secret rule without effect: {%s} with {%s}', (first, second, line) => {
    const byLine = line === 3 ? 4 : 3;
    const by = (byLine === 3 ? first : second).match(/"([^"]+)"/)?.[1];
    expect(warningsIn(secretRules(first, second))).toMatchObject([
      { code: 'secret_allowed_anyway', line, by, byLine, column: 5 },
    ]);
  });

  it.each([
    ['secret: "ssm:a", hosts: ["*.example.com"]', 'secret: "ssm:b", hosts: [db.example.com]'],
    [
      'secret: "ssm:*", hosts: ["*"], requesters: [S0DBA]',
      'secret: "ssm:a", hosts: [db.example.com]',
    ],
    [
      'secret: "ssm:*", hosts: [14.17.0.0/16]',
      'secret: "ssm:a", hosts: [dcg-1a2b3c4d/14.17.22.36]',
    ],
  ])('no secret rules that allow different things: {%s} and {%s}', (first, second) => {
    expect(warningsIn(secretRules(first, second))).toEqual([]);
  });

  describe('a rule that inherits a list of one_from_each without its approvers', () => {
    const inheriting = (said: string) =>
      `approvals: {channel: C0ONE, approvers: [S0DBA, S0OWNERS], one_from_each: [[S0DBA], [S0OWNERS, U0BOB]]}
rules:
  - {name: one, when: {engines: [mysql]}${said}}`;

    it.each(['en', 'zh-CN'] as const)('with the list, in %s', (locale) => {
      const warnings = warningsIn(inheriting(', approvers: [S0DBA]'));
      expect(warnings).toMatchObject([
        {
          code: 'inherited_list_elsewhere',
          path: 'rules[0].approvers',
          line: 3,
          column: 54,
          list: ['S0OWNERS', 'U0BOB'],
        },
      ]);
      const words = warnings.map(locales[locale].config.policyFileWarning).join('');
      expect(words).toMatch(/S0OWNERS.+U0BOB/);
      expect(/\p{Script=Han}/u.test(words)).toBe(locale === 'zh-CN');
    });

    it.each([
      '',
      ', approvers: [S0DBA, S0OWNERS]',
      ', approvers: [S0DBA, U0BOB]',
      ', approvers: [S0DBA], one_from_each: []',
      ', approvers: [S0DBA], one_from_each: [[S0LEADS]]',
      // A list that the rule names itself is not inherited.
      ', approvers: [S0DBA], one_from_each: [[S0OWNERS]]',
      // All of them may be members of the channel.
      ', approvers: [channel]',
    ])('but nothing for {%s}', (said) => {
      expect(warningsIn(inheriting(said))).toEqual([]);
    });

    it('but nothing about a list that names no approver of the default rule either', () => {
      const text = `approvals: {channel: C0ONE, approvers: [S0DBA], one_from_each: [[S0LEADS]]}
rules:
  - {name: one, when: {engines: [mysql]}, approvers: [S0OWNERS]}`;
      expect(warningsIn(text)).toEqual([]);
    });
  });

  it.each(['en', 'zh-CN'] as const)('these problems in words, in %s', (locale) => {
    const texts = [
      rules('name: one, when: {engines: [mysql]}', 'name: two, when: {engines: [mysql]}'),
      rules(
        'name: one, when: {engines: [mysql]}',
        'name: two, when: {whole_instance: true}, required: 2',
      ),
      secretRules('secret: "ssm:*", anywhere: true', 'secret: "ssm:a", hosts: ["*"]'),
      `${approvals}presets: {a: {DatabaseInfo: shop, SrcInfoMulti: "10.0.0.5:6379"}}`,
    ].flatMap((text) => warningsIn(text).map(locales[locale].config.policyFileWarning));
    expect(texts).toHaveLength(5);
    for (const text of texts) {
      expect(text).not.toMatch(/undefined|_|\[object/);
      expect(/\p{Script=Han}/u.test(text)).toBe(locale === 'zh-CN');
    }
  });
});

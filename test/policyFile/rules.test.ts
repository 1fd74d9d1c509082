import type { People } from '../../src/domain/people/people';
import { type Conditions, type Rule, usualRule } from '../../src/domain/policy/policy';
import type { PolicyFileProblem } from '../../src/domain/policy/policyFileProblem';
import { locales } from '../../src/i18n/locales';
import { parsePolicyFile } from '../../src/policyFile/parsePolicyFile';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const user = (userId: string): People => ({ kind: 'user', userId });
const group = (groupId: string): People => ({ kind: 'group', groupId });
const members = (channelId: string): People => ({ kind: 'channel', channelId });
const requester: People = { kind: 'requester' };

const approvals = 'approvals:\n  channel: C0ONE\n  approvers: [U0BOB, S0DBA]\n';

function rulesIn(text: string): readonly { when: Conditions; rule: Rule }[] {
  const parsed = parsePolicyFile(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { rules, otherwise } = parsed.policyFile.policy;
  return [...rules, { when: {}, rule: otherwise }];
}
/** The only rule of a file, or the default. */
const ruleIn = (text: string): Rule | undefined => rulesIn(text)[0]?.rule;
/** A rule with these settings, after approvals with those. */
const ruleAfter = (general: string, said: string): Rule | undefined =>
  ruleIn(`approvals: {channel: C0ONE, approvers: [U0BOB, S0DBA]${general}}
rules:
  - {name: one, when: {}${said}}`);

function problemsIn(text: string): readonly PolicyFileProblem[] {
  const parsed = parsePolicyFile(text);
  return parsed.ok ? [] : parsed.problems;
}
const placesIn = (text: string): string[] =>
  problemsIn(text).map(({ line, column, path, code }) => `${line}:${column} ${path} ${code}`);

const usual = usualRule({ channel: 'C0ONE', approvers: [user('U0BOB'), group('S0DBA')] });

describe('settings', () => {
  it('are all understood', () => {
    const text = `approvals:
  channel: C0ONE
  requesters: [S0DEV, C0DEV]
  approvers: [U0BOB, S0DBA, channel]
  required: 2
  one_from_each: [[S0DBA], [U0BOB, C0OWN]]
  deniers: [channel, requester]
  editors: [requester, S0DBA]
  retriers: [W0EVE]
  expires_after: 12h
  reminders:
    after: [30m, 2h, 1d]
    mention: [requester, S0DBA]
    quiet: {from: 22:00, to: 08:00, time_zone: Asia/Shanghai}
  windows:
    - {days: [fri, sat], from: "22:00", to: "06:00", time_zone: Europe/Berlin}
    - {days: [sun], from: "00:00", to: "24:00", time_zone: UTC}
  confirm_destination: true
  break_glass: [S0CALL]
`;
    const expected: Rule = {
      name: 'usual',
      channel: 'C0ONE',
      requesters: [group('S0DEV'), members('C0DEV')],
      approvers: [user('U0BOB'), group('S0DBA'), members('C0ONE')],
      required: 2,
      oneFromEach: [[group('S0DBA')], [user('U0BOB'), members('C0OWN')]],
      deniers: [members('C0ONE'), requester],
      editors: [requester, group('S0DBA')],
      retriers: [user('W0EVE')],
      expiryMs: 12 * hourMs,
      reminders: {
        afterMs: [hourMs / 2, 2 * hourMs, dayMs],
        mention: [requester, group('S0DBA')],
        quiet: { from: '22:00', to: '08:00', timeZone: 'Asia/Shanghai' },
      },
      windows: [
        { days: ['fri', 'sat'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' },
        { days: ['sun'], from: '00:00', to: '24:00', timeZone: 'UTC' },
      ],
      confirmDestination: true,
      breakGlass: [group('S0CALL')],
    };
    expect(ruleIn(text)).toEqual(expected);
    expect(ruleIn(`${text}rules:\n  - {name: one, when: {}}`)).toEqual({
      ...expected,
      name: 'one',
    });
  });

  it('have defaults', () => {
    expect(ruleAfter('', '')).toEqual({ ...usual, name: 'one' });
  });

  it.each<[string, string, string, Partial<Rule>]>([
    ['a number', ', required: 2', ', required: 3', { required: 3 }],
    ['an inherited number', ', required: 2', '', { required: 2 }],
    ['an expiry', ', expires_after: 1d', ', expires_after: never', { expiryMs: undefined }],
    ['an inherited expiry of never', ', expires_after: never', '', { expiryMs: undefined }],
    [
      'a part of the reminders',
      ', reminders: {after: [1h], mention: [S0DBA]}',
      ', reminders: {after: []}',
      { reminders: { afterMs: [], mention: [group('S0DBA')] } },
    ],
    ['nobody instead of a group', ', break_glass: [S0CALL]', ', break_glass: []', {}],
    [
      'no window instead of one',
      ', windows: [{days: [mon], from: 22:00, to: 23:00, time_zone: UTC}]',
      ', windows: []',
      {},
    ],
    ['no list instead of one', ', one_from_each: [[S0DBA]]', ', one_from_each: []', {}],
    [
      'approvers, which other lists follow',
      '',
      ', approvers: [S0OWN]',
      {
        approvers: [group('S0OWN')],
        deniers: [group('S0OWN')],
        retriers: [requester, group('S0OWN')],
        reminders: { ...usual.reminders, mention: [group('S0OWN')] },
      },
    ],
    [
      'approvers, which named lists do not follow',
      ', deniers: [S0DENY], retriers: [S0TRY], reminders: {mention: [S0TELL]}',
      ', approvers: [S0OWN]',
      {
        approvers: [group('S0OWN')],
        deniers: [group('S0DENY')],
        retriers: [group('S0TRY')],
        reminders: { ...usual.reminders, mention: [group('S0TELL')] },
      },
    ],
    [
      'a channel with other members',
      ', deniers: [channel], requesters: [C0ONE]',
      ', channel: C0TWO',
      { channel: 'C0TWO', deniers: [members('C0TWO')], requesters: [members('C0ONE')] },
    ],
  ])('of a rule come before those of approvals: %s', (_, general, said, expected) => {
    expect(ruleAfter(general, said)).toEqual({ ...usual, name: 'one', ...expected });
  });

  it('of one rule do not affect the next', () => {
    const [first, second] = rulesIn(`${approvals}rules:
  - {name: one, when: {engines: [redis]}, required: 2, channel: C0TWO}
  - {name: two, when: {engines: [mysql]}}`);
    expect([first?.rule.required, second?.rule.required]).toEqual([2, 1]);
    expect([first?.rule.channel, second?.rule.channel]).toEqual(['C0TWO', 'C0ONE']);
  });
});

it('understands who may watch jobs, and when the digest is posted', () => {
  const policyIn = (text: string) => {
    const parsed = parsePolicyFile(`${approvals}${text}`);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.policyFile.policy;
  };
  const policy = policyIn(`watch: [channel, U0ALICE, S0DEV, C0TWO]
digest: {day: fri, at: "08:30", time_zone: Asia/Shanghai}`);
  expect(policy.watch).toEqual([
    ...[members('C0ONE'), user('U0ALICE'), group('S0DEV'), members('C0TWO')],
  ]);
  expect(policy.digest).toEqual({ day: 'fri', at: '08:30', timeZone: 'Asia/Shanghai' });
  expect(Object.keys(policyIn('')).sort()).toEqual(['otherwise', 'rules']);
});

it.each([
  ['approve: before_start', { approve: 'before_start' }],
  ['approve: before_creation', { approve: 'before_creation' }],
  [
    'break_glass_notify: [U0LEAD, C0AUDIT]',
    { breakGlassNotify: [user('U0LEAD'), members('C0AUDIT')] },
  ],
  ['idle_after: 12h', { idleAfterMs: 12 * hourMs }],
  ['idle_after: never', { idleAfterMs: null }],
])('understands the setting %s', (said, expected) => {
  const rule = ruleAfter('', `, ${said}`);
  expect(rule).toEqual({ ...usual, name: 'one', ...expected });
  expect(ruleAfter(`, ${said}`, '')).toEqual(rule);
});

it('understands every condition', () => {
  const [first] = rulesIn(`${approvals}rules:
  - name: one
    when:
      engines: [mysql, redis]
      access_types: [extranet, cdb]
      sources: ["*.db.example.com", 10.0.*, 172.16.0.0/12, "dcg-1a2b3c4d/*", "2400:3200::1"]
      source_regions: [ap-guangzhou]
      destinations: ["*", cdb-e78e0nnv, crs-*]
      destination_regions: [ap-shenzhen-fsi]
      migration_types: [structure, full, full_and_incremental]
      whole_instance: false
      requesters: [U0ALICE, S0DEV]
      channels: [C0TWO]
`);
  expect(first?.when).toEqual({
    engines: ['mysql', 'redis'],
    accessTypes: ['extranet', 'cdb'],
    sources: ['*.db.example.com', '10.0.*', '172.16.0.0/12', 'dcg-1a2b3c4d/*', '2400:3200::1'],
    sourceRegions: ['ap-guangzhou'],
    destinations: ['*', 'cdb-e78e0nnv', 'crs-*'],
    destinationRegions: ['ap-shenzhen-fsi'],
    migrationTypes: [1, 2, 3],
    wholeInstance: false,
    requesters: [user('U0ALICE'), group('S0DEV')],
    channels: ['C0TWO'],
  });
});

describe('a mistake is reported with its place', () => {
  const setting = (said: string) => `${approvals}  ${said}`;
  const entry = (said: string) => `${approvals}rules:\n  - {name: one, ${said}}`;
  const when = (said: string) => entry(`when: {${said}}`);
  const windows = (said: string) => setting(`windows: [${said}]`);

  it.each<[string, string, string[]]>([
    ['rules that are not a list', `${approvals}rules: {}`, ['4:8 rules wrong_type']],
    [
      'a rule with neither name nor conditions',
      `${approvals}rules:\n  - required: 2`,
      ['5:5 rules[0].name missing_key', '5:5 rules[0].when missing_key'],
    ],
    [
      'empty names and long names',
      `${approvals}rules:\n  - {name: "", when: {}}\n  - {name: ${'x'.repeat(76)}, when: {}}`,
      ['5:12 rules[0].name empty', '6:12 rules[1].name too_long'],
    ],
    ['a mistyped setting', setting('aprovers: []'), ['4:3 approvals.aprovers unknown_key']],
    [
      'mistyped nested keys',
      `${approvals}  reminders: {aftr: [1h], quiet: {form: 22:00}}`,
      [
        '4:15 approvals.reminders.aftr unknown_key',
        '4:34 approvals.reminders.quiet.from missing_key',
        '4:34 approvals.reminders.quiet.to missing_key',
        '4:34 approvals.reminders.quiet.time_zone missing_key',
        '4:35 approvals.reminders.quiet.form unknown_key',
      ],
    ],
    ['a mistyped condition', when('engine: [mysql]'), ['5:24 rules[0].when.engine unknown_key']],
    [
      'unknown engines, access types and migration types',
      when('engines: [mysqll], access_types: [vpn], migration_types: [3]'),
      [
        '5:34 rules[0].when.engines[0] unknown_value',
        '5:58 rules[0].when.access_types[0] unknown_value',
        '5:82 rules[0].when.migration_types[0] unknown_value',
      ],
    ],
    [
      'invalid regions, sources and targets',
      when('source_regions: [Guangzhou], sources: ["http://a.com"], destinations: [10.0.0.5]'),
      [
        '5:41 rules[0].when.source_regions[0] region_shape',
        '5:63 rules[0].when.sources[0] target_shape',
        '5:95 rules[0].when.destinations[0] instance_shape',
      ],
    ],
    [
      'whole_instance in words',
      when('whole_instance: yes'),
      ['5:40 rules[0].when.whole_instance wrong_type'],
    ],
    [
      'conditions that nothing can meet',
      when('engines: [], channels: []'),
      ['5:33 rules[0].when.engines empty', '5:47 rules[0].when.channels empty'],
    ],
    [
      'empty lists that need a person',
      `${approvals}  requesters: []\n  deniers: []\n  one_from_each: [[]]`,
      [
        '4:15 approvals.requesters empty',
        '5:12 approvals.deniers empty',
        '6:19 approvals.one_from_each[0] empty',
      ],
    ],
    [
      'requester in places where it is nobody or not allowed',
      `approvals:
  channel: C0ONE
  approvers: [requester]
  requesters: [requester]
  one_from_each: [[requester]]
  break_glass: [requester]
rules:
  - {name: one, when: {requesters: [requester]}}
  - {name: two, when: {}, approvers: [requester]}`,
      [
        '3:15 approvals.approvers[0] requester_out_of_place',
        '4:16 approvals.requesters[0] requester_out_of_place',
        '5:20 approvals.one_from_each[0][0] requester_out_of_place',
        '6:17 approvals.break_glass[0] requester_out_of_place',
        '8:37 rules[0].when.requesters[0] requester_out_of_place',
        '9:39 rules[1].approvers[0] requester_out_of_place',
      ],
    ],
    [
      'people by name',
      `${approvals}  editors: ["@mei"]\n  break_glass: [everybody]`,
      ['4:13 approvals.editors[0] people_shape', '5:17 approvals.break_glass[0] approver_shape'],
    ],
    [
      'a channel in the condition requesters',
      when('requesters: [C0ONE]'),
      ['5:37 rules[0].when.requesters[0] requester_shape'],
    ],
    [
      'days without a unit',
      setting('expires_after: "7"'),
      ['4:18 approvals.expires_after expiry_shape'],
    ],
    ['weeks', setting('expires_after: 2w'), ['4:18 approvals.expires_after expiry_shape']],
    ['no time', setting('expires_after: 0d'), ['4:18 approvals.expires_after expiry_shape']],
    [
      'a reminder that never comes',
      setting('reminders: {after: [4h, never]}'),
      ['4:27 approvals.reminders.after[1] duration_shape'],
    ],
    [
      'impossible hours',
      windows('{days: [mon], from: "24:00", to: "25:00", time_zone: UTC}'),
      ['4:33 approvals.windows[0].from hour_shape', '4:46 approvals.windows[0].to end_shape'],
    ],
    [
      'quiet hours of 24',
      setting('reminders: {quiet: {from: 9:00, to: "24:00", time_zone: UTC}}'),
      [
        '4:29 approvals.reminders.quiet.from hour_shape',
        '4:39 approvals.reminders.quiet.to hour_shape',
      ],
    ],
    [
      'invalid time zones',
      windows(
        '{days: [mon], from: "22:00", to: "23:00", time_zone: CST}, {days: [tues], from: "22:00", to: "23:00", time_zone: Asia/Shangai}',
      ),
      [
        '4:66 approvals.windows[0].time_zone unknown_time_zone',
        '4:80 approvals.windows[1].days[0] unknown_value',
        '4:126 approvals.windows[1].time_zone unknown_time_zone',
      ],
    ],
    [
      'windows and quiet hours of no length, and no days',
      `${windows('{days: [mon], from: "22:00", to: "22:00", time_zone: UTC}')}
  reminders: {quiet: {from: "08:00", to: "08:00", time_zone: UTC}}`,
      [
        '4:46 approvals.windows[0].to no_time_between',
        '5:42 approvals.reminders.quiet.to no_time_between',
      ],
    ],
    [
      'no days',
      windows('{days: [], from: "22:00", to: "23:00", time_zone: UTC}'),
      ['4:20 approvals.windows[0].days empty'],
    ],
    [
      'reminders that do not come later than the ones before',
      `${setting('reminders: {after: [4h, 8h, 24h]}')}
rules:
  - {name: one, when: {}, reminders: {after: [1d, 3d, 2d, 1h]}}`,
      [
        '4:27 approvals.reminders.after[1] reminders_not_growing',
        '6:55 rules[0].reminders.after[2] reminders_not_growing',
      ],
    ],
    ['nothing in reminders whose intervals grow', setting('reminders: {after: [1h, 3h, 6h]}'), []],
    [
      'reminders whose intervals stay the same',
      setting('reminders: {after: [1h, 3h, 5h]}'),
      ['4:31 approvals.reminders.after[2] reminders_not_growing'],
    ],
    [
      'two rules with one name, one of them that of approvals',
      `${approvals}rules:
  - {name: one, when: {engines: [mysql]}}
  - {name: one, when: {engines: [redis]}}
  - {name: usual, when: {engines: [mongodb]}}`,
      ['6:12 rules[1].name name_taken', '7:12 rules[2].name name_taken'],
    ],
    [
      'rules after one that matches everything',
      `${approvals}rules:
  - {name: one, when: {engines: [mysql]}}
  - {name: all, when: {}}
  - {name: two, when: {engines: [redis]}}
  - {name: three, when: {}}`,
      ['7:5 rules[2] unreachable_rule', '8:5 rules[3] unreachable_rule'],
    ],
    [
      'more approvals than people, in an entry that says so',
      `approvals: {channel: C0ONE, approvers: [U0A, U0B]}
rules:
  - {name: one, when: {engines: [mysql]}, required: 3}
  - {name: two, when: {engines: [redis]}, required: 2, approvers: [U0A]}
  - {name: three, when: {engines: [mongodb]}, required: 2}
  - {name: four, when: {engines: [percona]}, required: 3, approvers: [S0DBA]}
  - {name: five, when: {engines: [mariadb]}, required: 3, approvers: [C0ONE]}`,
      ['3:53 rules[0].required too_few_approvers', '4:67 rules[1].approvers too_few_approvers'],
    ],
    [
      'more approvals than people, reported once if inherited',
      `approvals: {channel: C0ONE, approvers: [U0A], required: 2}
rules:
  - {name: one, when: {engines: [mysql]}}`,
      ['1:40 approvals.approvers too_few_approvers'],
    ],
    [
      'lists without an approver',
      `approvals: {channel: C0ONE, approvers: [U0A, U0B], one_from_each: [[U0A], [U0B, U0C], [U0D], [S0DBA]]}
rules:
  - {name: one, when: {engines: [mysql]}, approvers: [U0D]}
  - {name: two, when: {engines: [redis]}, approvers: [S0DBA]}`,
      [
        '1:87 approvals.one_from_each[2] no_approver_among',
        '3:54 rules[0].approvers no_approver_among',
      ],
    ],
    ['more lists than approvals', setting('one_from_each: [[U0BOB], [S0DBA], [S0DBA]]'), []],
  ])('%s', (_, text, places) => {
    expect(placesIn(text)).toEqual(places);
  });

  it('with the likely key, and the valid ones', () => {
    expect(problemsIn(when('engines: [mysqll]'))[0]).toMatchObject({ nearest: 'mysql' });
    expect(problemsIn(when('migration_types: [9]'))[0]).toMatchObject({
      nearest: undefined,
      known: ['structure', 'full', 'full_and_incremental'],
    });
    expect(problemsIn(when('engine: [mysql]'))[0]).toMatchObject({ nearest: 'engines' });
    expect(problemsIn(entry('when: {}, requird: 1'))[0]).toMatchObject({ nearest: 'required' });
    expect(
      problemsIn(windows('{days: [mon], from: "22:00", to: "23:00", time_zone: Asia/Shangai}'))[0],
    ).toMatchObject({ nearest: 'Asia/Shanghai' });
    expect(problemsIn(setting('reminders: {after: [4h, 8h]}'))[0]).toMatchObject({ least: '8h' });
    expect(problemsIn(setting('reminders: {after: [1h, 2h30m]}'))[0]).toMatchObject({
      code: 'duration_shape',
    });
  });
});

it.each([
  ['en', /^[^\p{Script=Han}]+$/u],
  ['zh-CN', /\p{Script=Han}/u],
] as const)('has words for every problem of rules in %s', (locale, language) => {
  const { policyFileProblem } = locales[locale].config;
  const texts = [
    `${approvals}  deniers: [x]
  expires_after: 1
  reminders: {after: [x], quiet: {from: x, to: "22:00", time_zone: Asia/Shangai}}
  windows: [{days: [x, tues], from: "22:00", to: x, time_zone: x}]
  break_glass: [requester, x]
  confirm_destination: 1
rules:
  - {name: one, when: {sources: [/], source_regions: [x], expires_after: x}, expires_after: x}`,
    `approvals: {channel: C0ONE, approvers: [U0A], required: 2, one_from_each: [[U0B]], reminders: {after: [1h, 2h], quiet: {from: "22:00", to: "22:00", time_zone: UTC}}}
rules:
  - {name: one, when: {}}
  - {name: one, when: {}}`,
    `approvals: {channel: C0ONE, approvers: [U0A], operations: {stop_job: {required: 2}, complete_job: {one_from_each: [[U0B]]}}}`,
  ].map((text) => problemsIn(text).map(policyFileProblem));
  expect(texts.map(({ length }) => length)).toEqual([16, 6, 2]);
  for (const text of texts.flat()) {
    expect(text).not.toMatch(/undefined|_shape|\[object/);
    expect(text).toMatch(language);
  }
});

describe('a time zone', () => {
  const said = (name: string) =>
    problemsIn(
      `${approvals}  windows: [{days: [mon], from: "22:00", to: "06:00", time_zone: "${name}"}]
  reminders: {quiet: {from: "22:00", to: "06:00", time_zone: "${name}"}}
digest: {day: mon, at: "09:00", time_zone: "${name}"}`,
    );

  it.each([
    'Etc/GMT+8',
    'Etc/GMT-8',
    'etc/gmt+8',
    'Etc/GMT+0',
    'GMT+8',
    'UTC+8',
    '+08:00',
    '-0800',
  ])('is never the offset %s, whose sign means the opposite in some names', (name) => {
    const problems = said(name);
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('offset_for_time_zone'));
    for (const { config } of [locales.en, locales['zh-CN']]) {
      expect(problems.map(config.policyFileProblem).join()).toContain('Asia/Shanghai');
    }
  });

  it('is never an offset of System V', () => {
    expect(said('SystemV/EST5')).toHaveLength(3);
  });

  it.each(['UTC', 'Etc/UTC', 'Etc/GMT', 'Asia/Shanghai', 'America/Port-au-Prince', 'US/Eastern'])(
    'may be %s',
    (name) => {
      expect(said(name)).toEqual([]);
    },
  );
});

it.each([
  ['[1d, 2d, 3d]', '2d'],
  ['[4h, 8h]', '8h'],
  ['[1h, 3h, 5h]', '5h'],
])('says of the reminders %s that the waits must grow, not the times', (after, least) => {
  const problems = problemsIn(`${approvals}  reminders: {after: ${after}}`);
  const [english, chinese] = [locales.en, locales['zh-CN']].map(({ config }) =>
    problems.map(config.policyFileProblem).join(),
  );
  expect(english).toMatch(/wait longer than the one before/);
  expect(chinese).toMatch(/间隔/);
  for (const text of [english, chinese]) expect(text).toContain(least);
  expect(problemsIn(`${approvals}  reminders: {after: [4h, 1d, 3d]}`)).toEqual([]);
});

describe('an operation whose entry leaves parts out', () => {
  const general = ', required: 3, one_from_each: [[S0DBA]]';
  const decisionOn = (name: 'complete_job' | 'stop_job', said: string) =>
    ruleAfter(general, `, operations: {${name}: ${said}}`)?.operations?.[name];

  it.each([
    ['{one_from_each: [[U0BOB]]}', usual.approvers, 3, [[user('U0BOB')]]],
    ['{required: 2}', usual.approvers, 2, [[group('S0DBA')]]],
    ['{people: [U0EVE]}', [user('U0EVE')], 1, []],
    ['{people: [S0EVE], required: 2}', [group('S0EVE')], 2, []],
  ])('has its usual decision, or for named people one of them: %s', (said, ...expected) => {
    const [people, required, oneFromEach] = expected;
    expect(decisionOn('complete_job', said)).toEqual({ people, required, oneFromEach });
  });

  it('has no decision if the entry says nothing about it', () => {
    expect(decisionOn('stop_job', '{}')).toBeUndefined();
  });

  it('is refused if it needs more people than it names', () => {
    const problems = (said: string) =>
      placesIn(`approvals: {channel: C0ONE, approvers: [U0BOB], operations: {stop_job: ${said}}}`);
    expect(problems('{people: [U0BOB, U0EVE], required: 3}')).toEqual([
      '1:72 approvals.operations.stop_job too_few_deciders',
    ]);
    expect(problems('{people: [U0BOB, U0BOB], required: 2}')).toHaveLength(1);
    expect(problems('{people: [U0BOB, U0EVE], required: 2}')).toEqual([]);
    expect(problems('{people: [S0DBA], required: 3}')).toEqual([]);
  });

  it('is refused if a list of one_from_each contains nobody who may decide', () => {
    const problems = (said: string) =>
      placesIn(
        `approvals: {channel: C0ONE, approvers: [U0ALICE, U0EVE], operations: {complete_job: ${said}}}`,
      );
    expect(problems('{people: [U0ALICE], one_from_each: [[U0ALICE], [U0BOB]]}')).toEqual([
      '1:132 approvals.operations.complete_job.one_from_each[1] no_decider_among',
    ]);
    expect(problems('{one_from_each: [[U0BOB]]}')).toHaveLength(1);
    expect(problems('{one_from_each: [[U0EVE, U0BOB]]}')).toEqual([]);
    expect(problems('{people: [S0DBA], one_from_each: [[U0BOB]]}')).toEqual([]);
    expect(problems('{people: [requester], one_from_each: [[U0BOB]]}')).toEqual([]);
  });

  it('is refused where a rule makes an inherited one impossible, and only there', () => {
    const problems = (operations: string, said: string) =>
      placesIn(`approvals: {channel: C0ONE, approvers: [U0ALICE, U0EVE], operations: {${operations}}}
rules:
  - {name: one, when: {engines: [mysql]}${said}}`);
    const two = 'complete_job: {required: 2}';
    expect(problems(two, '')).toEqual([]);
    expect(problems(two, ', approvers: [U0ALICE]')).toEqual([
      '3:54 rules[0].approvers too_few_deciders',
    ]);
    expect(problems(two, ', approvers: [S0DBA]')).toEqual([]);
    expect(problems(two, ', approvers: [U0ALICE], operations: {complete_job: {}}')).toEqual([]);
    const lists = 'modify_job: {one_from_each: [[U0EVE]]}';
    expect(problems(lists, ', approvers: [U0ALICE]')).toEqual([
      '3:54 rules[0].approvers no_decider_among',
    ]);
    const impossible = 'stop_job: {people: [U0EVE], required: 2}';
    expect(problems(impossible, ', approvers: [U0ALICE], required: 1')).toEqual([
      '1:81 approvals.operations.stop_job too_few_deciders',
    ]);
  });
});

describe('automatic operations', () => {
  it.each([
    ['{check_job: {automatic: true}}', ['check_job']],
    ['{start_job: {automatic: true}, check_job: {automatic: true}}', ['check_job', 'start_job']],
    ['{check_job: {automatic: false}, start_job: {people: [S0DBA]}}', undefined],
  ])('%s: are the ones that say so', (said, automatic) => {
    expect(ruleAfter('', `, operations: ${said}`)?.automatic).toEqual(automatic);
  });

  it('are inherited for each operation that the rule does not set', () => {
    const general = ', operations: {check_job: {automatic: true}, start_job: {automatic: true}}';
    const rule = ruleAfter(general, ', operations: {start_job: {people: [S0DBA]}}');
    expect(rule?.automatic).toEqual(['check_job']);
    expect(rule?.operations?.start_job?.people).toEqual([group('S0DBA')]);
  });

  it('leave the people who decide at their default', () => {
    expect(
      ruleAfter('', ', operations: {check_job: {automatic: true}}')?.operations,
    ).toBeUndefined();
  });
});

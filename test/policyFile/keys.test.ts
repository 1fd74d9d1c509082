import { fieldPaths } from '../../src/domain/migration/fields';
import { parsePolicyFile } from '../../src/policyFile/parsePolicyFile';

const good = { channel: 'C0ONE', approvers: ['U0BOB'] };
const problemsIn = (content: object) => {
  // JSON is valid YAML.
  const parsed = parsePolicyFile(JSON.stringify({ approvals: good, ...content }));
  return parsed.ok ? [] : parsed.problems;
};
/** The problem of an unknown key, without its place. */
const unknownKeyIn = (content: object) => {
  const [problem] = problemsIn(content).filter(({ code }) => code === 'unknown_key');
  return problem?.code === 'unknown_key' ? problem : undefined;
};
const withSetting = (settings: object) => ({ approvals: { ...good, ...settings } });
const withRule = (settings: object) => ({ rules: [{ name: 'a', when: {}, ...settings }] });

const settings = [
  ...['requesters', 'approve', 'required', 'one_from_each', 'deniers', 'editors', 'retriers'],
  ...['expires_after', 'reminders', 'windows', 'confirm_destination', 'break_glass_notify'],
  ...['idle_after', 'operations', 'break_glass'],
];
const decision = ['people', 'required', 'one_from_each'];
const hours = { from: '09:00', to: '18:00', time_zone: 'UTC' };
const operations = [
  ...['check_job', 'start_job', 'modify_job', 'pause_job', 'continue_job', 'resume_job'],
  ...['clear_data', 'complete_job', 'skip_check', 'stop_job', 'delete_job'],
];

describe('the valid keys', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'of the file',
      { nothing: 1 },
      ['approvals', 'rules', 'watch', 'digest', 'secrets', 'presets'],
    ],
    ['of the approvals', withSetting({ nothing: 1 }), ['channel', 'approvers', ...settings]],
    ['of a rule', withRule({ nothing: 1 }), ['name', 'when', 'channel', 'approvers', ...settings]],
    [
      'of the conditions',
      withRule({ when: { nothing: 1 } }),
      [
        ...['engines', 'access_types', 'sources', 'source_regions', 'destinations'],
        ...['destination_regions', 'migration_types', 'whole_instance', 'requesters', 'channels'],
      ],
    ],
    ['of the reminders', withSetting({ reminders: { nothing: 1 } }), ['after', 'mention', 'quiet']],
    [
      'of the quiet hours',
      withSetting({ reminders: { quiet: { ...hours, nothing: 1 } } }),
      ['from', 'to', 'time_zone'],
    ],
    [
      'of a window',
      withSetting({ windows: [{ days: ['mon'], ...hours, nothing: 1 }] }),
      ['days', 'from', 'to', 'time_zone'],
    ],
    ['of the digest', { digest: { nothing: 1 } }, ['day', 'at', 'time_zone']],
    ['of the operations', withSetting({ operations: { nothing: {} } }), operations],
    ...operations.map((name): [string, object, readonly string[]] => [
      `of ${name}`,
      withSetting({ operations: { [name]: { nothing: 1 } } }),
      ['check_job', 'start_job'].includes(name) ? [...decision, 'automatic'] : decision,
    ]),
    [
      'of a secret',
      { secrets: [{ secret: 'env:A', anywhere: true, nothing: 1 }] },
      ['secret', 'hosts', 'instances', 'anywhere', 'requesters', 'channels'],
    ],
  ])('%s are named if another one is found', (_, content, known) => {
    const problem = unknownKeyIn(content);
    expect(problem?.key).toBe('nothing');
    expect(problem?.known.toSorted()).toEqual(known.toSorted());
  });

  it('of a preset are the fields without secrets, uploads, channels and switches', () => {
    const known = unknownKeyIn({ presets: { a: { nothing: 1 } } })?.known ?? [];
    const others = fieldPaths.filter((path) => !known.includes(path));
    expect(others.toSorted()).toEqual(
      [
        ...['Channel', 'DatabaseInfo.File', 'Advanced'],
        ...['SrcInfo.Password', 'SrcInfo.AccessKey', 'DstInfo.Password'],
      ].toSorted(),
    );
  });
});

it('only an operation has a key to make it automatic', () => {
  expect(unknownKeyIn(withSetting({ automatic: true }))?.key).toBe('automatic');
  const never = problemsIn(withSetting({ operations: { stop_job: { automatic: true } } }));
  expect(never.map(({ code }) => code)).toEqual(['never_automatic']);
});

describe('a mistake', () => {
  it.each<[string, unknown, object]>([
    ['channel', { a: 1 }, { expected: 'text', found: 'map' }],
    ['channel', ['C0ONE'], { expected: 'text', found: 'list' }],
    ['channel', 7, { expected: 'text', found: 'number' }],
    ['channel', true, { expected: 'text', found: 'true_or_false' }],
    ['approvers', 'U0BOB', { expected: 'list', found: 'text' }],
    ['approvers', null, { expected: 'list', found: 'nothing' }],
    ['required', 'two', { expected: 'whole_number', found: 'text' }],
    ['required', 1.5, { expected: 'whole_number', found: 'number' }],
    ['reminders', 'often', { expected: 'map', found: 'text' }],
    ['confirm_destination', 'yes', { expected: 'true_or_false', found: 'text' }],
  ])('is a wrong type: %s as %j', (name, value, expected) => {
    expect(problemsIn(withSetting({ [name]: value }))).toMatchObject([
      { code: 'wrong_type', path: `approvals.${name}`, ...expected },
    ]);
  });

  it('is a wrong type: presets as a list, and a value that is neither text nor a number', () => {
    const wrong = { code: 'wrong_type', found: 'list' };
    expect(problemsIn({ presets: [] })).toMatchObject([{ ...wrong, expected: 'map' }]);
    expect(problemsIn({ presets: { a: { JobName: [] } } })).toMatchObject([
      { ...wrong, expected: 'text_or_number' },
    ]);
  });

  it.each([
    ['', 'presets[""]'],
    ['a.b', 'presets["a.b"]'],
    ['with space', 'presets["with space"]'],
    ['plain-name_1', 'presets.plain-name_1'],
  ])('has its path, with the preset %j', (name, path) => {
    const [problem] = problemsIn({ presets: { [name]: { 'SrcInfo.Port': [1] } } });
    expect(problem?.path.startsWith(path)).toBe(true);
  });

  it('is a region that is a zone, and the region is named', () => {
    expect(problemsIn(withRule({ when: { source_regions: ['ap-guangzhou-3'] } }))).toMatchObject([
      { code: 'zone_for_region', meant: 'ap-guangzhou' },
    ]);
    expect(problemsIn(withRule({ when: { source_regions: ['guangzhou-3'] } }))).toMatchObject([
      { code: 'region_shape' },
    ]);
  });

  it.each([
    ['approvals: {channel: C0ONE, approvers: [U0BOB]}\nwatch: [U0BOB]\nwatch: [U0BOB]', 'watch'],
    ['approvals: {channel: C0ONE, approvers: [U0BOB], "a b", "a b"}', 'a b'],
    ['approvals: {channel: C0ONE, approvers: [U0BOB], x, x}', 'x'],
    ['presets:\n  orders, {all}: {}\n  orders, {all}: {}', 'orders, {all}'],
    ["presets:\n  'it''s: one': {}\n  'it''s: one': {}", "it's: one"],
  ])('is a key that is there twice: %j', (text, key) => {
    const parsed = parsePolicyFile(text);
    const codes = parsed.ok ? [] : parsed.problems.filter(({ code }) => code === 'duplicate_key');
    expect(codes).toMatchObject([{ code: 'duplicate_key', key }]);
  });
});

it('names the text after a star that needs quotes', () => {
  const text = `approvals: ${JSON.stringify(good)}\nsecrets:\n  - {secret: env:A, hosts: [*.example.com]}`;
  const parsed = parsePolicyFile(text);
  expect(parsed.ok ? [] : parsed.problems).toMatchObject([
    { code: 'star_without_quotes', value: '*.example.com', line: 3 },
  ]);
});

describe('a value', () => {
  it.each<[string, unknown, boolean]>([
    ['expires_after', '1s', true],
    ['expires_after', '9999d', true],
    ['expires_after', 'never', true],
    ['expires_after', '10000d', false],
    ['expires_after', '0d', false],
    ['expires_after', 'nevermore', false],
    ['expires_after', '1w', false],
    ['expires_after', 'in 1d', false],
    ['idle_after', '9999h', true],
    ['idle_after', '10000h', false],
    ['idle_after', 'never', true],
    ['idle_after', '01h', false],
    ['idle_after', 'x1h', false],
    ['required', 1, true],
    ['required', 0, false],
    ['required', 1.5, false],
    ['required', 21, false],
    ['requesters', ['U0BOB'], true],
    ['requesters', [], false],
    ['requesters', ['requester'], false],
    ['deniers', ['requester', 'channel', 'W0ANN', 'S0DBA', 'G0ONE'], true],
    ['deniers', [], false],
    ['deniers', ['XX0BOB'], false],
    ['deniers', ['U0BOBx'], false],
    ['deniers', ['channels'], false],
    ['editors', [], true],
    ['retriers', [], true],
    ['break_glass', [], true],
    ['break_glass', ['requester'], false],
    ['break_glass_notify', ['U0BOB', 'C0ONE'], true],
    ['break_glass_notify', ['S0DBA'], false],
    ['break_glass_notify', ['xU0BOB'], false],
    ['break_glass_notify', ['U0'], false],
    ['channel', 'G0ONE', true],
    ['channel', 'C0', false],
    ['channel', 'U0ONE', false],
    ['channel', 'C0one', false],
    ['one_from_each', [['U0BOB']], true],
    ['one_from_each', [[]], false],
    ['windows', [{ ...hours, days: [] }], false],
    ['windows', [{ ...hours, days: ['sun'], to: '24:00' }], true],
    ['windows', [{ ...hours, days: ['sun'], to: '24:01' }], false],
    ['windows', [{ ...hours, days: ['sun'], from: '24:00' }], false],
    ['windows', [{ ...hours, days: ['sunday'] }], false],
    ['windows', [{ ...hours, days: ['sun'], time_zone: 'Mars' }], false],
    ['reminders', { after: ['1h', '3h'] }, true],
    ['reminders', { after: ['1 h'] }, false],
    ['reminders', { mention: [] }, true],
    ['operations', { stop_job: { required: 20, people: ['S0DBA'] } }, true],
    ['operations', { stop_job: { required: 21, people: ['S0DBA'] } }, false],
    ['operations', { stop_job: { people: [] } }, false],
    ['operations', { start_job: { automatic: 'yes' } }, false],
  ])('%s may be %j: %s', (name, value, isValid) => {
    expect(problemsIn(withSetting({ [name]: value })).length === 0).toBe(isValid);
  });

  it.each<[string, unknown, boolean]>([
    ['engines', ['mysql'], true],
    ['engines', [], false],
    ['engines', ['oracle'], false],
    ['access_types', [], false],
    ['sources', ['*.example.com'], true],
    ['sources', [], false],
    ['source_regions', ['ap-guangzhou'], true],
    ['source_regions', ['ap-guangzhou-3'], false],
    ['source_regions', ['Guangzhou'], false],
    ['source_regions', [], false],
    ['destinations', ['cdb-*'], true],
    ['destinations', [], false],
    ['destination_regions', [], false],
    ['destination_regions', ['nowhere'], false],
    ['migration_types', ['structure', 'full', 'full_and_incremental'], true],
    ['migration_types', [], false],
    ['migration_types', ['3'], false],
    ['whole_instance', 'yes', false],
    ['requesters', ['S0DBA'], true],
    ['requesters', [], false],
    ['requesters', ['C0ONE'], false],
    ['channels', ['C0ONE'], true],
    ['channels', [], false],
    ['channels', ['U0BOB'], false],
  ])('of the condition %s may be %j: %s', (name, value, isValid) => {
    expect(problemsIn(withRule({ when: { [name]: value } })).length === 0).toBe(isValid);
  });

  it.each<[object, boolean]>([
    [{ secret: 'ssm:a/b-*.c_D', anywhere: true }, true],
    [{ secret: `ssm:${'a'.repeat(128)}`, anywhere: true }, true],
    [{ secret: `ssm:${'a'.repeat(129)}`, anywhere: true }, false],
    [{ secret: 'ssm:', anywhere: true }, false],
    [{ secret: 'env:A1_*', anywhere: true }, true],
    [{ secret: 'env:1A', anywhere: true }, false],
    [{ secret: 'vault:A', anywhere: true }, false],
    [{ secret: 'env:A', anywhere: false }, false],
    [{ secret: 'env:A', hosts: [] }, false],
    [{ secret: 'env:A', instances: [] }, false],
    [{ secret: 'env:A', instances: ['cdb-1a2b3c4d'] }, true],
    [{ secret: 'env:A', anywhere: true, requesters: [] }, false],
    [{ secret: 'env:A', anywhere: true, channels: [] }, false],
    [{ secret: 'env:A', anywhere: true, channels: ['C0ONE'] }, true],
  ])('of the secret rule %j is valid: %s', (rule, isValid) => {
    expect(problemsIn({ secrets: [rule] }).length === 0).toBe(isValid);
  });

  it.each<[object, boolean]>([
    [{ ['n'.repeat(75)]: {} }, true],
    [{ ['n'.repeat(76)]: {} }, false],
    [{ '': {} }, false],
    [{ a: { Reason: 'r'.repeat(3_000) } }, true],
    [{ a: { Reason: 'r'.repeat(3_001) } }, false],
    [{ a: { 'SrcInfo.Port': 3306 } }, true],
    [{ a: { 'SrcInfo.Port': [3306] } }, false],
  ])('of the presets %j is valid: %s', (presets, isValid) => {
    expect(problemsIn({ presets }).length === 0).toBe(isValid);
  });

  it('of a digest is a day, a time and a time zone', () => {
    const digest = { day: 'mon', at: '09:00', time_zone: 'Asia/Shanghai' };
    expect(problemsIn({ digest })).toEqual([]);
    for (const wrong of [{ day: 'monday' }, { at: '9:00' }, { time_zone: 'Shanghai' }])
      expect(problemsIn({ digest: { ...digest, ...wrong } })).toHaveLength(1);
  });

  it('of a name of a rule has 1 to 75 characters', () => {
    const named = (name: string) => problemsIn(withRule({ name }));
    expect(named('n'.repeat(75))).toEqual([]);
    expect(named('n'.repeat(76))).toMatchObject([{ code: 'too_long', max: 75 }]);
    expect(named('')).toMatchObject([{ code: 'empty' }]);
  });
});

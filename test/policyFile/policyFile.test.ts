import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { LineCounter, parseDocument } from 'yaml';
import { fieldPaths } from '../../src/domain/migration/fields';
import type { People } from '../../src/domain/people/people';
import { usualRule } from '../../src/domain/policy/policy';
import type { PolicyFileProblem } from '../../src/domain/policy/policyFileProblem';
import { locales } from '../../src/i18n/locales';
import { type PolicyFile, parsePolicyFile } from '../../src/policyFile/parsePolicyFile';
import { Places } from '../../src/policyFile/places';
import { policyFileJsonSchema } from '../../src/policyFile/policyFileSchema';
import { problemsOfYaml } from '../../src/policyFile/problemsOfYaml';

const root = join(__dirname, '../..');

const good = `approvals:
  channel: C0ONE
  approvers: [U0BOB, S0DBA]
`;

function policyIn(text: string): PolicyFile {
  const parsed = parsePolicyFile(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policyFile;
}
function problemsIn(text: string): readonly PolicyFileProblem[] {
  const parsed = parsePolicyFile(text);
  return parsed.ok ? [] : parsed.problems;
}
/** The problems as `line:column path code`. */
const placesIn = (text: string): string[] =>
  problemsIn(text).map(({ line, column, path, code }) => `${line}:${column} ${path} ${code}`);

describe('a valid file', () => {
  it('defines who decides', () => {
    const bobAndGroup: People[] = [
      { kind: 'user', userId: 'U0BOB' },
      { kind: 'group', groupId: 'S0DBA' },
    ];
    expect(policyIn(good)).toEqual({
      policy: {
        rules: [],
        otherwise: usualRule({ channel: 'C0ONE', approvers: bobAndGroup, required: 1 }),
      },
      secrets: [],
      presets: [],
      warnings: [],
    });
    expect(
      policyIn('approvals: {channel: G0ONE, approvers: [channel], required: 3}').policy.otherwise,
    ).toEqual(
      usualRule({
        channel: 'G0ONE',
        approvers: [{ kind: 'channel', channelId: 'G0ONE' }],
        required: 3,
      }),
    );
  });

  it('defines the allowed secrets, in order', () => {
    const { secrets } = policyIn(`${good}
secrets:
  - secret: ssm:prod/orders-*
    hosts: ["*.db.example.com", 14.17.22.*, "2400:3200::1", dcg-1a2b3c4d/10.0.0.5, dcg-1a2b3c4d/*, cdb-e78e0nnv, "*"]
    instances: [cdb-e78e0nnv, "ins-*", "*"]
    requesters: [U0ALICE, S0DBA]
    channels: [C0ONE]
  - {secret: env:ORDERS_*, anywhere: true}
`);
    expect(secrets.map(({ secret }) => secret)).toEqual(['ssm:prod/orders-*', 'env:ORDERS_*']);
    expect(secrets[0]?.hosts).toHaveLength(7);
    expect(secrets[1]).toEqual({ secret: 'env:ORDERS_*', anywhere: true });
  });

  it.each([
    '"3.10"',
    "'007'",
    '1_000',
    'yes',
    'no',
    'on',
    'off',
    '2026-01-02',
    '190:20:30',
    '3306',
    '-7',
    '0.5',
  ])('keeps text as it is written: %s', (text) => {
    const { presets } = policyIn(`${good}\npresets:\n  a: {JobName: ${text}}`);
    expect(presets[0]?.values.JobName).toBe(text.replace(/["']/g, ''));
  });

  it.each([
    ['"\\u0041b"', 'Ab'],
    ["'it''s'", "it's"],
    ['"\\x31.10"', '1.10'],
  ])('reads escapes in quoted text, and asks for no more quotes: %s', (written, text) => {
    const { presets } = policyIn(`${good}\npresets:\n  a: {JobName: ${written}}`);
    expect(presets[0]?.values.JobName).toBe(text);
  });

  it('causes a hint where quotes are needed', () => {
    const { policyFileProblem } = locales.en.config;
    const place = { line: 1, column: 1, path: '' };
    const words = (text: string) =>
      problemsIn(`${good}\npresets:\n  a: {JobName: ${text}}`).map(policyFileProblem);
    expect(words('3.10')).toEqual([
      policyFileProblem({ ...place, code: 'number_rewritten', written: '3.10', read: '3.1' }),
    ]);
    expect(words('.inf')).toEqual([
      policyFileProblem({ ...place, code: 'number_rewritten', written: '.inf', read: 'Infinity' }),
    ]);
    expect(words('.nan')).toEqual([
      policyFileProblem({ ...place, code: 'number_rewritten', written: '.nan', read: 'NaN' }),
    ]);
    expect(words('~')).toEqual([
      policyFileProblem({
        ...place,
        code: 'wrong_type',
        expected: 'text_or_number',
        found: 'nothing',
      }),
    ]);
    expect(words('true')).toEqual([
      policyFileProblem({
        ...place,
        code: 'wrong_type',
        expected: 'text_or_number',
        found: 'true_or_false',
      }),
    ]);
  });

  it('prefills forms with their texts', () => {
    const { presets } = policyIn(`${good}
presets:
  Orders (上海):
    SrcInfo.Port: 3306
    SrcInfo.Ip: db.example.com
    JobName: "0123"
  Nothing: {}
`);
    expect(presets).toEqual([
      {
        name: 'Orders (上海)',
        values: { 'SrcInfo.Port': '3306', 'SrcInfo.Ip': 'db.example.com', JobName: '0123' },
      },
      { name: 'Nothing', values: {} },
    ]);
  });

  it('may define a value once and use it twice', () => {
    const { secrets } = policyIn(`${good}
secrets:
  - {secret: "ssm:a", anywhere: true, requesters: &dba [S0DBA]}
  - {secret: "ssm:b", anywhere: true, requesters: *dba}
`);
    expect(secrets[1]?.requesters).toEqual(['S0DBA']);
  });

  it('is the example, whose keys are all in the schema', () => {
    const example = readFileSync(join(root, 'policy.example.yml'), 'utf8');
    const { policy, secrets, presets, warnings } = policyIn(example);
    expect(warnings).toEqual([]);
    expect([policy.rules.length, secrets.length, presets.length]).toEqual([3, 2, 1]);
  });
});

describe('a mistake is reported with its line, column and path', () => {
  const approvals = good.trimEnd();
  it.each<[string, string, string[]]>([
    ['an empty file', '', ['1:1  wrong_type']],
    ['a file with only a text', 'C0ONE', ['1:1  wrong_type']],
    ['no approvals', 'secrets: []\n', ['1:1 approvals missing_key']],
    ['empty approvals', 'approvals:\n', ['1:11 approvals wrong_type']],
    [
      'a key without its value',
      'approvals:\n  channel: C0ONE\n',
      ['2:3 approvals.approvers missing_key'],
    ],
    [
      'a mistyped key',
      'approvals:\n  chanel: C0ONE\n  approvers: [U0BOB]\n',
      ['2:3 approvals.channel missing_key', '2:3 approvals.chanel unknown_key'],
    ],
    [
      'a #name',
      'approvals:\n  channel: "#migrations"\n  approvers: [U0BOB]\n',
      ['2:12 approvals.channel channel_shape'],
    ],
    [
      'a wrong approver among right ones',
      'approvals:\n  channel: C0ONE\n  approvers:\n    - U0BOB\n    - "@mei"\n',
      ['5:7 approvals.approvers[1] approver_shape'],
    ],
    [
      'no approvers',
      'approvals: {channel: C0ONE, approvers: []}',
      ['1:40 approvals.approvers empty'],
    ],
    ['a number as text', `${approvals}\n  required: "2"`, ['4:13 approvals.required wrong_type']],
    [
      '1.5 required approvals',
      `${approvals}\n  required: 1.5`,
      ['4:13 approvals.required wrong_type'],
    ],
    [
      'an automatic cut-over',
      `${approvals}\n  operations: {complete_job: {automatic: true}}`,
      ['4:31 approvals.operations.complete_job.automatic never_automatic'],
    ],
    [
      'an automatic check that is not true or false',
      `${approvals}\n  operations: {check_job: {automatic: yes please}}`,
      ['4:39 approvals.operations.check_job.automatic wrong_type'],
    ],
    ['nobody', `${approvals}\n  required: 0`, ['4:13 approvals.required too_small']],
    ['a crowd', `${approvals}\n  required: 21`, ['4:13 approvals.required too_big']],
    [
      'too few approvers for the quorum',
      'approvals:\n  channel: C0ONE\n  approvers: [U0BOB, U0BOB]\n  required: 2',
      ['3:14 approvals.approvers too_few_approvers'],
    ],
    ['an unknown key', `${approvals}\nschedule: []`, ['4:1 schedule unknown_key']],
    [
      'secrets that are not a list',
      `${approvals}\nsecrets:\n  secret: ssm:a`,
      ['5:3 secrets wrong_type'],
    ],
    [
      'a secret without its kind',
      `${approvals}\nsecrets:\n  - secret: prod/orders`,
      ['5:13 secrets[0].secret secret_shape'],
    ],
    [
      'invalid hosts, and a pattern with an open end',
      `${approvals}\nsecrets:\n  - secret: ssm:a\n    hosts: [db, db.*, "http://a.com", dcg/10.0.0.5]`,
      [
        '6:13 secrets[0].hosts[0] target_shape',
        '6:17 secrets[0].hosts[1] open_name',
        '6:23 secrets[0].hosts[2] target_shape',
        '6:39 secrets[0].hosts[3] way_shape',
      ],
    ],
    [
      'a host among instances, and empty hosts',
      `${approvals}\nsecrets:\n  - secret: ssm:a\n    instances: [10.0.0.5]\n    hosts: []`,
      ['6:17 secrets[0].instances[0] instance_shape', '7:12 secrets[0].hosts empty'],
    ],
    [
      'a requester by name, and a channel',
      `${approvals}\nsecrets:\n  - {secret: "ssm:a", requesters: [channel], channels: ["#a"]}`,
      [
        '5:36 secrets[0].requesters[0] requester_shape',
        '5:57 secrets[0].channels[0] channel_shape',
      ],
    ],
    [
      'an unknown field',
      `${approvals}\npresets:\n  a:\n    SrcInfo.Prot: 3306`,
      ['6:5 presets.a["SrcInfo.Prot"] unknown_key'],
    ],
    [
      'a password',
      `${approvals}\npresets:\n  a:\n    SrcInfo.Password: hunter2\n    DstInfo.Password: hunter2`,
      [
        '6:5 presets.a["SrcInfo.Password"] password_in_preset',
        '7:5 presets.a["DstInfo.Password"] password_in_preset',
      ],
    ],
    ...[
      '3.10',
      '007',
      '1.0',
      '12345678901234567890123',
      '1e3',
      '0x1F',
      '0o17',
      '+5',
      '.5',
      '3.',
    ].map((number): [string, string, string[]] => [
      `${number} without quotes, which YAML rewrites`,
      `${approvals}\npresets:\n  a:\n    JobName: ${number}`,
      ['6:14 presets.a.JobName number_rewritten'],
    ]),
    ...['true', 'False', '~', 'null'].map((word): [string, string, string[]] => [
      `${word} in place of text`,
      `${approvals}\npresets:\n  a:\n    JobName: ${word}`,
      ['6:14 presets.a.JobName wrong_type'],
    ]),
    [
      'several numbers that YAML rewrites, in the order of the file',
      `${approvals}\npresets:\n  a:\n    JobName: 007\n    Reason: 0x1F`,
      ['6:14 presets.a.JobName number_rewritten', '7:13 presets.a.Reason number_rewritten'],
    ],
    [
      'a name of a preset that YAML rewrites',
      `${approvals}\npresets:\n  007: {}`,
      ['5:3 presets.007 number_rewritten'],
    ],
    [
      'an impossible value',
      `${approvals}\npresets:\n  a:\n    JobName: [x]\n    Reason: ${'x'.repeat(3001)}`,
      ['6:14 presets.a.JobName wrong_type', '7:13 presets.a.Reason too_long'],
    ],
    [
      'a name too long for a menu',
      `${approvals}\npresets:\n  ${'x'.repeat(76)}: {}`,
      [`5:3 presets.${'x'.repeat(76)} too_long`],
    ],
    [
      'a duplicate key, and other problems',
      `${approvals}\n  channel: C0TWO\nschedule: []`,
      ['4:3  duplicate_key', '5:1 schedule unknown_key'],
    ],
    [
      'a star without quotes',
      `${approvals}\nsecrets:\n  - secret: ssm:a\n    hosts: [*.example.com]`,
      ['6:13  star_without_quotes'],
    ],
    ['a bracket that is not closed', 'approvals: [\nsecrets: []', ['2:1  yaml_syntax']],
    ['tabs', 'approvals:\n\tchannel: C0ONE', ['2:1  yaml_syntax']],
    ['a tag', `${approvals}\nsecrets: !file x`, ['4:10  yaml_syntax']],
    ['two documents', `${approvals}\n---\n${approvals}`, ['4:1  yaml_syntax']],
  ])('%s', (_, text, places) => {
    expect(placesIn(text)).toEqual(places);
  });

  it('with the likely key, and the valid ones', () => {
    const [problem] = problemsIn(`${good}secret: []`);
    expect(problem).toMatchObject({
      code: 'unknown_key',
      key: 'secret',
      nearest: 'secrets',
      known: ['approvals', 'rules', 'watch', 'digest', 'secrets', 'presets'],
    });
    const [field] = problemsIn(`${good}presets: {a: {srcinfo.prot: 1}}`);
    expect(field).toMatchObject({ nearest: 'SrcInfo.Port' });
    const [schedule] = problemsIn(`${good}schedule: []`);
    expect(schedule).toMatchObject({ nearest: undefined });
  });

  it('with the expected and the found type', () => {
    const found = (value: string) => problemsIn(`approvals: ${value}`)[0];
    expect(found('yes')).toMatchObject({ expected: 'map', found: 'text' });
    expect(found('true')).toMatchObject({ expected: 'map', found: 'true_or_false' });
    expect(found('[]')).toMatchObject({ expected: 'map', found: 'list' });
    expect(found('7')).toMatchObject({ expected: 'map', found: 'number' });
    expect(found('')).toMatchObject({ expected: 'map', found: 'nothing' });
  });

  it.each<[string, string, string]>([
    [`${good}secrets: [{secret: 7}]`, 'text', 'number'],
    [`${good}secrets: [{secret: }]`, 'text', 'nothing'],
    [`${good}secrets: [{secret: [a]}]`, 'text', 'list'],
    [`${good}secrets: [{secret: {a: b}}]`, 'text', 'map'],
    [`${good}secrets: [{secret: true}]`, 'text', 'true_or_false'],
    [`${good}  operations: {check_job: {automatic: 1}}`, 'true_or_false', 'number'],
    [`${good}secrets: a`, 'list', 'text'],
    [`${good}presets: []`, 'map', 'list'],
    [`${good}presets: {a: }`, 'map', 'nothing'],
    [`${good}  required: two`, 'whole_number', 'text'],
    [`${good}  required: 1.5`, 'whole_number', 'number'],
    [`${good}presets: {a: {JobName: [b]}}`, 'text_or_number', 'list'],
    ['# a comment', 'map', 'nothing'],
  ])('with the expected and the found type: %j', (text, expected, found) => {
    expect(problemsIn(text)[0]).toMatchObject({ code: 'wrong_type', expected, found });
  });

  it.each([
    ['presets: {a: {Reason: "canary', 'Missing closing "quote'],
    ['presets:\n\ta: canary', 'Tabs are not allowed as indentation'],
    [
      'presets: [\n# canary\na: b',
      'Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('without a part of the file: %j', (text, detail) => {
    const details = problemsIn(text).map((problem) =>
      problem.code === 'yaml_syntax' ? problem.detail : problem.code,
    );
    expect(details[0]).toBe(detail);
    expect(details.join()).not.toContain('canary');
  });

  it('at its definition, if an alias leads there', () => {
    const text = `${good}secrets:\n  - &one {secret: nothing}\n  - *one`;
    expect(placesIn(text)).toEqual([
      '5:19 secrets[0].secret secret_shape',
      '5:19 secrets[1].secret secret_shape',
    ]);
  });
});

describe('hostile files', () => {
  it('cannot grow by aliases', () => {
    const nine = (name: string) => Array.from({ length: 9 }, () => `*${name}`).join(',');
    const bomb = Array.from('bcdefgh', (letter, index) => {
      return `${letter}: &${letter} [${nine(String.fromCharCode(97 + index))}]`;
    });
    expect(placesIn(`a: &a [x]\n${bomb.join('\n')}`)).toEqual(['1:1  too_many_aliases']);
    expect(placesIn('approvals: &a [*a]').length).toBeGreaterThan(0);
  });

  it('are only judged by the errors of YAML, not by others of its library', () => {
    const lineCounter = new LineCounter();
    const document = parseDocument(good, { lineCounter });
    const places = new Places(document, lineCounter);
    expect(problemsOfYaml(document, places)).toEqual([]);
    document.toJS = () => {
      throw new TypeError('a defect');
    };
    expect(() => problemsOfYaml(document, places)).toThrow('a defect');
  });

  it('cannot reach prototypes', () => {
    const text = `${good}presets: {__proto__: {JobName: x}, constructor: {JobName: y}}`;
    expect(policyIn(text).presets.map(({ name }) => name)).toEqual(['constructor']);
    expect(Object.getOwnPropertyNames({})).toEqual([]);
  });

  it('never throw, whatever they contain, and every problem is inside the file', () => {
    const pieces = fc.constantFrom(
      ...['approvals', 'channel', 'secrets', 'presets', ': ', '\n', '\n  ', '- ', '[', ']', '{'],
      ...[
        '}',
        '*a',
        '&a ',
        '"',
        "'",
        '!x ',
        '? ',
        '|',
        '<<',
        '#',
        '%',
        '\t',
        '---\n',
        'C0ONE',
        '1',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join('')),
      fc.array(pieces, { maxLength: 25 }).map((parts) => `${good}${parts.join('')}`),
    );
    fc.assert(
      fc.property(text, (tried) => {
        for (const { line, column } of problemsIn(tried)) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(tried.split('\n').length + 1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the published schema', () => {
  it('is the output of npm run schema', () => {
    const published = readFileSync(join(root, 'docs/policy.schema.json'), 'utf8');
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(policyFileJsonSchema())));
  });

  it('offers every field except secrets and uploads for presets', () => {
    const written = JSON.stringify(policyFileJsonSchema());
    for (const path of fieldPaths) {
      const isOffered = !/(Password|AccessKey|\.File|Channel|Advanced)$/.test(path);
      expect(written.includes(`"${path}"`)).toBe(isOffered);
    }
  });
});

it.each(['en', 'zh-CN'] as const)('has words for every problem in %s', (locale) => {
  const { policyFileProblem } = locales[locale].config;
  const texts = problemsIn(`approvals: {channel: a, approvers: [b], required: 0, chanel: 1}
secrets: [{secret: x, hosts: [a], instances: [b.c], requesters: [], channels: 1}]
presets: {a: {SrcInfo.Password: x, Nothing: 1}}
`).map(policyFileProblem);
  expect(texts).toHaveLength(11);
  for (const text of texts) expect(text).not.toMatch(/undefined|_shape|\[object/);
});

describe('text that people read', () => {
  const rlo = String.raw`\u202e`;
  it.each<[string, string, string]>([
    ['the name of a rule', `rules:\n  - name: "prod${rlo}"\n    when: {}\n`, 'U+202E'],
    [
      'a rule with an invisible name',
      `rules:\n  - name: "${String.raw`\u3164`}"\n    when: {}\n`,
      'U+3164',
    ],
    ['the name of a preset', `presets:\n  "a${String.raw`\u3000`}b": {}\n`, 'U+3000'],
    ['a value of a preset', `presets:\n  a:\n    Reason: "x${String.raw`\e`}[2J"\n`, 'U+001B'],
  ])('follows the rule for typed text: %s', (_, rest, codePoint) => {
    const [problem] = problemsIn(`${good}${rest}`);
    expect(problem).toMatchObject({
      code: 'forbidden_character',
      codePoint,
      line: expect.any(Number),
    });
    expect(problem && locales.en.config.policyFileProblem(problem)).toContain(codePoint);
  });
});

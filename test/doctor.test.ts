import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { approversEnvironment, botEnvironment } from '../playground/botEnvironment';
import { exampleForm } from '../playground/exampleForm';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DB_MIGRATIONS,
  DEACTIVATED,
  GENERAL,
  OTHER_BOT,
  type SlackWorkspace,
  startSlack,
} from '../playground/slack/index';
import {
  ACCOUNT_ID,
  type Call,
  type DtsEndpoint,
  startDts,
} from '../playground/tencentcloud/index';
import type { Conditions } from '../src/domain/policy/policy';
import type { Match } from '../src/domain/policy/rules';
import { locales } from '../src/i18n/locales';
import { plain } from '../src/i18n/text';
import { botScopes } from '../src/slack/scopes';
import { version } from '../src/version';
import { aRule } from './support/aRule';
import { zh } from './support/inChinese';
import { listenLocally } from './support/listenLocally';
import { manifest } from './support/manifest';
import { aPolicyFile } from './support/policyFile';
import { newPostgresDatabase } from './support/postgres';
import { connect } from './support/postgresServer';
import { runFerry } from './support/runFerry';
import { type DatabaseName, databases, startTestFerry } from './support/startTestFerry';
import { anything, en, jobInThread, saying } from './support/words';

const { scopes } = manifest();
let slack: SlackWorkspace;
let dts: DtsEndpoint;
let folder: string;
let environment: Record<string, string>;

const begin = async (granted: readonly string[] = scopes, now = Date.now): Promise<void> => {
  slack = await startSlack({ scopes: granted });
  dts = await startDts({ now });
  folder = mkdtempSync(join(tmpdir(), 'ferry-doctor-'));
  environment = {
    ...botEnvironment(slack, dts),
    ...approversEnvironment,
    DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}`,
    PORT: '0',
  };
};
afterEach(async () => {
  await slack.close();
  await dts.close();
  rmSync(folder, { recursive: true });
});

/** Runs the doctor, or another command. Returns its output and exit code, and checks that it printed no secret. */
async function run(
  changes: Record<string, string> = {},
  args: readonly string[] = ['doctor'],
  envFile = '',
  now = Date.now,
) {
  const env = { ...environment, ...changes };
  const { code, stdout, stderr } = await runFerry(env, args, envFile, now);
  const output = stdout + stderr;
  check(env, output);
  return { output, code };
}

function check(env: Readonly<Record<string, string>>, output: string): void {
  const secrets = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'TENCENTCLOUD_SECRET_KEY', 'SEAL_KEYS'];
  for (const name of [...secrets, 'DATABASE_URL']) {
    if (env[name]?.startsWith('sqlite:') !== true) expect(output).not.toContain(env[name] ?? '\0');
  }
  expect(output).not.toMatch(/canary|^\s+at .+:\d+:\d+/m);
}

it('reports that all is well, one check per line', async () => {
  await begin();
  const { output, code } = await run();
  const lines = output.trim().split('\n');
  expect(lines.filter((line) => !line.startsWith('✓ '))).toEqual([]);
  expect(output).toContain('SLACK_BOT_TOKEN');
  expect(output).toContain(en.doctor.scopes);
  expect(output).toContain('SLACK_APP_TOKEN');
  expect(output).toContain(DB_MIGRATIONS);
  expect(output).toMatch(saying(en.doctor.databaseAbsent(anything)));
  expect(output).toMatch(saying(en.doctor.cloud(anything)));
  expect(lines).toHaveLength(12);
  expect(code).toBe(0);
  expect(dts.callsOf('DescribeMigrateJobs')).toHaveLength(1);
  expect(slack.mistakes).toEqual([]);
});

it('knows the scopes of the manifest', async () => {
  await begin();
  expect([...botScopes].sort()).toEqual([...scopes].sort());
});

it('names variables with suspicious values without showing the values', async () => {
  await begin();
  const { output, code } = await run(
    { FERRY_SECRET_QUOTED: '"canary-7Qz"', FERRY_SECRET_CUT: 'canary' },
    ['doctor'],
    'FERRY_SECRET_CUT=canary#7Qz',
  );
  const lines = output.split('\n').filter((line) => line.startsWith('! '));
  const { variable } = locales.en.doctor;
  expect(lines).toEqual([
    `! ${variable.quoted('FERRY_SECRET_QUOTED')}`,
    `! ${variable.cut_at_hash('FERRY_SECRET_CUT')}`,
  ]);
  expect(code).toBe(0);
});

it('reports all problems at once, with what to do', async () => {
  await begin(scopes.filter((scope) => scope !== 'im:history'));
  dts.next(
    { kind: 'code', code: 'UnauthorizedOperation.NotEnoughPrivileges' },
    { action: 'DescribeMigrateJobs' },
  );
  slack.archive(DB_MIGRATIONS);
  const { output, code } = await run({
    SLACK_APP_TOKEN: 'xapp-wrong',
    APPROVERS: `${BOB},${DEACTIVATED}`,
  });
  expect(output).toMatch(saying(`✗ ${en.doctor.scopesMissing(['im:history'])}`));
  expect(output).toContain(`✗ ${en.doctor.appTokenRefused('invalid_auth')}`);
  expect(output).toMatch(saying(`✗ ${en.doctor.channelProblems.archived(DB_MIGRATIONS)}`));
  expect(output).toMatch(saying(`✗ ${en.start.people.user.deactivated(DEACTIVATED)}`));
  expect(output).toMatch(
    saying(`✗ ${en.doctor.cloudForbidden('dts:DescribeMigrateJobs', anything)}`),
  );
  expect(code).toBe(1);
});

it.each([
  ['an allowed account', ACCOUNT_ID, `✓ ${en.doctor.account}`, 0],
  [
    'another account',
    '100099999999',
    `✗ ${en.start.wrongAccount(ACCOUNT_ID, ['100099999999'])}`,
    1,
  ],
])('reports a key of %s', async (_, allowed, line, expected) => {
  await begin();
  const { output, code } = await run({ ALLOWED_ACCOUNT_IDS: allowed });
  expect(output.split('\n')).toContain(line);
  expect(code).toBe(expected);
});

it('reports in Chinese that the bot is not in a channel', async () => {
  await begin();
  const { output, code } = await run({ APPROVAL_CHANNEL: GENERAL, DEFAULT_LOCALE: 'zh-CN' });
  expect(output).toContain(`✗ ${zh.doctor.channelProblems.not_joined(GENERAL)}`);
  expect(code).toBe(1);
});

it('reports invalid settings without showing their values', async () => {
  await begin();
  const { output, code } = await run({ SLACK_BOT_TOKEN: 'xoxp-canary' });
  expect(output).toContain(`✗ ${en.config.heading(1)}`);
  expect(output).toContain(`SLACK_BOT_TOKEN ${en.config.problems.bot_token_shape}`);
  expect(code).toBe(1);
});

it.each([
  ['a token', { SLACK_BOT_TOKEN: 'xoxb-canary' }, en.doctor.tokenRefused('invalid_auth')],
  [
    'Slack',
    { SLACK_API_URL: 'http://127.0.0.1:9/' },
    en.doctor.slackUnreachable(
      'http://127.0.0.1:9',
      'A request error occurred: fetch failed (bad port)',
    ),
  ],
  ['a key', { TENCENTCLOUD_SECRET_KEY: 'canary-key' }, 'TENCENTCLOUD_SECRET_KEY'],
  [
    'a database',
    { DATABASE_URL: 'postgres://u:canary@127.0.0.1:9/d' },
    'The database PostgreSQL cannot be read',
  ],
])('reports that %s does not work', async (_, changes, words) => {
  await begin();
  const { output, code } = await run(changes);
  expect(output.split('\n').find((line) => line.includes(words))).toMatch(/^✗ /);
  expect(code).toBe(1);
});

it('says what it checked, if the result has words in common with a secret', async () => {
  await begin();
  const { output } = await run({ FERRY_SECRET_SHOP: 'requests-2026' });
  expect(output).toContain(`✓ ${en.doctor.hidden('policy', 'fine')}`);
  expect(output).not.toContain('[secret]');
});

describe.each(databases)('with data stored on %s', (database: DatabaseName) => {
  it('counts requests, names those of a lost channel, and explains rules', async () => {
    await begin();
    const location =
      database === 'sqlite' ? `sqlite:${join(folder, 'ferry.db')}` : await newPostgresDatabase();
    const test = await startTestFerry({ DATABASE_URL: location }, { database });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    await test.slack.until(() => test.slack.as(ALICE).directMessages().length === 1, {
      what: 'the direct message',
    });
    test.slack.removeBot(DB_MIGRATIONS);
    await test.send({ JobName: 'unseen' });
    const lost = () => test.logged().includes('cannot post in the channel of a request');
    await test.slack.until(lost, { what: 'the loss' });
    await test.stop();

    const env = { DATABASE_URL: location };
    const { output, code } = await run(env);
    const { counted, requests, statuses } = en.doctor;
    expect(output).toContain(
      `✓ ${requests([counted(statuses.created, 1), counted(statuses.pending, 1)])}`,
    );
    expect(output).toContain(`✓ ${en.doctor.auditKey(undefined)}`);
    expect(output).toContain(`✗ ${en.doctor.unannounced([en.doctor.inChannel(2, DB_MIGRATIONS)])}`);
    expect(code).toBe(1);

    const told = await run(env, ['policy', 'explain', '--request', '2']);
    expect(told.output).toContain('1. Default rule applies.');
    expect(told.code).toBe(0);
    expect((await run(env, ['policy', 'explain', '--request', '9'])).output).toContain(
      'no request #9',
    );
  });
});

/** A less strict rule above a stricter one, and one that never applies. */
const doubtfulRules = [
  { name: 'Lax', when: { migration_types: ['structure'] } },
  { name: 'Strict', when: { destinations: ['cdb-*'] }, required: 2 },
  { name: 'Never', when: { destinations: ['cdb-e78e0nnv'] } },
];
const place = { line: 1, column: 1, path: '' };
const warnings = [
  `rules[0] ${en.config.policyFileWarning({
    ...place,
    code: 'lax_before_strict',
    strict: 'Strict',
    settings: ['required'],
  })}`,
  `rules[2] ${en.config.policyFileWarning({ ...place, code: 'rule_never_applies', behind: 'Strict' })}`,
];

it('warns about suspicious rules without failing', async () => {
  await begin();
  const file = join(folder, 'policy.yml');
  const approvals = { channel: DB_MIGRATIONS, approvers: [APPROVERS_GROUP] };
  writeFileSync(file, JSON.stringify({ approvals, rules: doubtfulRules }));
  const { APPROVAL_CHANNEL: _, APPROVERS: __, ...others } = environment;
  environment = { ...others, POLICY_FILE: file };
  const { output, code } = await run();
  for (const warning of warnings) expect(output).toContain(warning);
  expect(output).toMatch(/^! .*policy\.yml:1:\d+: rules\[0\]/m);
  expect(code).toBe(0);
});

it('logs the same at startup and when the policy is reloaded', async () => {
  await begin();
  const policyFile = aPolicyFile({ rules: doubtfulRules });
  const test = await startTestFerry(policyFile.environment);
  const count = (words: string) => test.logged().split(words).length - 1;
  for (const warning of warnings) expect(count(warning)).toBe(1);
  await test.adopt({ rules: doubtfulRules });
  for (const warning of warnings) expect(count(warning)).toBe(2);
  await test.stop();
  policyFile.remove();
});

describe('the explanation of the rule for a form', () => {
  const policy = {
    approvals: { channel: DB_MIGRATIONS, approvers: [APPROVERS_GROUP] },
    rules: [
      { name: 'Postgres', when: { engines: ['postgresql'] }, approvers: [BOB] },
      { name: 'Approvers', when: { requesters: [APPROVERS_GROUP] }, approvers: [BOB] },
      { name: 'Shanghai', when: { destination_regions: ['ap-shanghai'] }, approvers: [BOB] },
      { name: 'Rest', when: { channels: [GENERAL] }, approvers: [BOB] },
    ],
  };
  const ask = async (form: object, ...args: string[]) => {
    await begin();
    const file = join(folder, 'policy.yml');
    writeFileSync(file, JSON.stringify(policy));
    writeFileSync(join(folder, 'form.json'), JSON.stringify(form));
    const { APPROVAL_CHANNEL: _, APPROVERS: __, ...others } = environment;
    environment = { ...others, POLICY_FILE: file };
    return run({}, ['policy', 'explain', '--form', join(folder, 'form.json'), ...args]);
  };

  const approversGroup = { kind: 'group', groupId: APPROVERS_GROUP } as const;
  const said = (name: string, match: Match, when: Conditions = {}) =>
    plain(en.policy.match({ when, rule: aRule({ name }), match }));

  it('lists each rule and what decided', async () => {
    const { JobName: _, Reason: __, 'SrcInfo.Password': ___, ...form } = exampleForm;
    const { output, code } = await ask(form, '--requester', ALICE);
    expect(output).toContain(
      `1. ${said('Postgres', { verdict: 'no', because: 'engines' }, { engines: ['postgresql'] })}`,
    );
    expect(output).toContain(
      `2. ${said('Approvers', { verdict: 'no', because: 'requesters' }, { requesters: [approversGroup] })}`,
    );
    expect(output).toContain(`3. ${said('Shanghai', { verdict: 'yes' })}`);
    expect(output).toContain(en.doctor.explained.unread(2));
    expect(output).toContain(`1 from ${BOB}`);
    expect(code).toBe(0);
  });

  it('depends on the requester and the channel', async () => {
    const form = { ...exampleForm, 'DstInfo.Region': 'ap-beijing' };
    const { output } = await ask(form, '--requester', ALICE, '--channel', GENERAL);
    expect(output).toContain(`4. ${said('Rest', { verdict: 'yes' })}`);
    const { output: other } = await run({}, [
      'policy',
      'explain',
      '--form',
      join(folder, 'form.json'),
      '--requester',
      BOB,
    ]);
    expect(other).toContain('2. Approvers applies.');
  });

  it('names invalid fields of the form', async () => {
    const { output, code } = await ask(
      { ...exampleForm, 'DstInfo.Region': '?' },
      '--requester',
      BOB,
    );
    expect(output).toContain('(DstInfo.Region): ');
    expect(code).toBe(1);
  });

  it('accepts numbers', async () => {
    const { output, code } = await ask(
      { ...exampleForm, 'MigrateOption.MigrateType': 1 },
      '--requester',
      BOB,
    );
    expect(output).toContain('2. Approvers applies.');
    expect(code).toBe(0);
  });

  it('names what is no field, with the nearest one, and what is no value', async () => {
    const { output, code } = await ask(
      {
        ...exampleForm,
        'DstInfo.Regoin': 'ap-shanghai',
        colour: 'red',
        'MigrateOption.MigrateType': ['1'],
      },
      ...['--requester', BOB],
    );
    const { notAField, notAValue } = en.doctor.explained;
    expect(output.trim().split('\n')).toEqual([
      `MigrateOption.MigrateType: ${notAValue}`,
      `DstInfo.Regoin: ${notAField('DstInfo.Region')}`,
      `colour: ${notAField(undefined)}`,
    ]);
    expect(code).toBe(1);
  });

  it.each(['[]', '"x"', '{', ''])('rejects the file %j', async (text) => {
    await ask({});
    const file = join(folder, 'form.json');
    writeFileSync(file, text);
    const { output, code } = await run({}, [
      ...['policy', 'explain', '--form', file, '--requester', BOB],
    ]);
    expect(output).toContain(en.doctor.explained.formUnreadable(file));
    expect(code).toBe(1);
  });

  it('shows how to ask', async () => {
    const { output, code } = await ask({});
    expect(output).toContain(en.commandLine.policy.usage);
    expect(code).toBe(2);
  });
});

/** Breaks one thing at a time. Only the check for it may report a problem. */
describe('reports only what is broken:', () => {
  const findings = z.object({
    ok: z.boolean(),
    findings: z.array(z.object({ check: z.string(), verdict: z.string(), says: z.string() })),
  });
  async function diagnose(
    changes: Record<string, string> = {},
    now = Date.now,
    options: readonly string[] = [],
  ) {
    const { code, output } = await run(changes, ['doctor', '--json', ...options], '', now);
    const read = findings.parse(JSON.parse(output));
    expect(code).toBe(read.ok ? 0 : 1);
    return read.findings
      .filter(({ verdict }) => verdict !== 'fine')
      .map(({ check, says, verdict }) => ({ check, says, verdict }));
  }
  /** The rules of a policy file that replaces the three settings. */
  function useRules(rules: readonly object[], others: object = {}): void {
    const file = join(folder, 'policy.yml');
    const approvals = { channel: DB_MIGRATIONS, approvers: [APPROVERS_GROUP] };
    writeFileSync(file, JSON.stringify({ approvals, rules, ...others }));
    const { APPROVAL_CHANNEL: _, APPROVERS: __, ...rest } = environment;
    environment = { ...rest, POLICY_FILE: file };
  }
  const beijing = [{ name: 'North', when: { destination_regions: ['ap-beijing'] } }];
  it('nothing', async () => {
    await begin();
    useRules(beijing);
    expect(await diagnose({ ALLOWED_ACCOUNT_IDS: ACCOUNT_ID })).toEqual([]);
  });

  it.each(databases)('nothing if Ferry has used the database, on %s', async (name) => {
    await begin();
    const url =
      name === 'sqlite' ? `sqlite:${join(folder, 'used.db')}` : await newPostgresDatabase();
    const test = await startTestFerry({ DATABASE_URL: url });
    await test.stop();
    expect(await diagnose({ DATABASE_URL: url })).toEqual([]);
  });

  it.each<[string, Record<string, string>, string, 'wrong' | 'doubtful', string]>([
    ['a setting', { PORT: 'x' }, 'settings', 'wrong', 'PORT'],
    ['a quoted secret', { FERRY_SECRET_Q: '"abcdefgh"' }, 'variable', 'doubtful', 'FERRY_SECRET_Q'],
    ['the bot token', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, 'bot_token', 'wrong', 'invalid_auth'],
    ['the app token', { SLACK_APP_TOKEN: 'xapp-wrong' }, 'app_token', 'wrong', 'invalid_auth'],
    ['Slack', { SLACK_API_URL: 'http://127.0.0.1:9/' }, 'bot_token', 'wrong', 'unreachable'],
    ['a channel without the bot', { APPROVAL_CHANNEL: GENERAL }, 'channel', 'wrong', '/invite'],
    ['too few approvers', { REQUIRED_APPROVALS: '9' }, 'people', 'doubtful', 'requires 9 people'],
    ['a bot', { APPROVERS: `${BOB},${OTHER_BOT}` }, 'people', 'wrong', OTHER_BOT],
    ['a person', { APPROVERS: `${BOB},${DEACTIVATED}` }, 'people', 'wrong', DEACTIVATED],
    ['a group', { APPROVERS: `${BOB},S0NOTHING1` }, 'people', 'wrong', 'S0NOTHING1'],
    ['the database', { DATABASE_URL: 'postgres://u:p@127.0.0.1:9/d' }, 'database', 'wrong', 'P'],
    ['a folder', { DATABASE_URL: 'sqlite:/tmp' }, 'database', 'wrong', 'a folder, not a file'],
    ['a path', { DATABASE_URL: 'sqlite:/proc/x/ferry.db' }, 'database', 'wrong', '/proc/x'],
    ['the key', { TENCENTCLOUD_SECRET_KEY: 'another-key-7Qz' }, 'search', 'wrong', 'SECRET_KEY'],
    ['Tencent Cloud', { TENCENTCLOUD_ENDPOINT: 'http://127.0.0.1:9' }, 'search', 'wrong', '9'],
    ['the account', { ALLOWED_ACCOUNT_IDS: '100099999999' }, 'account', 'wrong', ACCOUNT_ID],
    [
      'the source of the keys',
      { TENCENTCLOUD_CVM_ROLE: 'ferry', TENCENTCLOUD_METADATA_URL: 'http://127.0.0.1:9/' },
      'keys',
      'wrong',
      'metadata',
    ],
    ['the host', { HOST: '192.0.2.1' }, 'port', 'wrong', '192.0.2.1'],
  ])('%s', async (_, changes, check, verdict, words) => {
    await begin();
    expect(await diagnose(changes)).toEqual([
      { check, verdict, says: expect.stringContaining(words) },
    ]);
  });

  it('a view that Slack rejects', async () => {
    await begin();
    const { output, code } = await run({}, ['doctor', '--views']);
    const calls = slack.callsOf('blocks.validate');
    expect(output).toContain(`✓ ${en.doctor.views.accepted(calls.length)}`);
    expect(code).toBe(0);
    const kinds = calls.map(({ args }) => JSON.stringify(args));
    for (const kind of ['"callback_id":"request_form"', '"callback_id":"approve_form"']) {
      expect(kinds.filter((each) => each.includes(kind)).length).toBeGreaterThan(1);
    }
    expect(kinds.some((each) => each.includes('"type":"home"'))).toBe(true);
    expect(slack.mistakes).toEqual([]);

    const error = (name: string, times: number) =>
      slack.faults.next('blocks.validate', { kind: 'error', error: name }, times);
    error('invalid_view', 1);
    expect(await diagnose({}, Date.now, ['--views'])).toEqual([
      {
        ...{ check: 'views', verdict: 'wrong' },
        says: en.doctor.views.rejected('form (mysql), en', 'invalid_view'),
      },
    ]);
    error('ratelimited', 1);
    expect(await diagnose({}, Date.now, ['--views'])).toEqual([
      {
        ...{ check: 'views', verdict: 'doubtful' },
        says: en.doctor.views.unchecked('form (mysql), en', 'ratelimited'),
      },
    ]);
  });

  it('a scope', async () => {
    await begin(scopes.filter((scope) => scope !== 'im:history'));
    expect(await diagnose()).toEqual([
      { check: 'scopes', verdict: 'wrong', says: en.doctor.scopesMissing(['im:history']) },
    ]);
  });

  it('an archived channel', async () => {
    await begin();
    slack.archive(DB_MIGRATIONS);
    expect(await diagnose()).toMatchObject([{ check: 'channel', verdict: 'wrong' }]);
  });

  it('a channel that gets no reports of emergency approvals', async () => {
    await begin();
    const others = { break_glass: [BOB], break_glass_notify: [DB_MIGRATIONS, GENERAL] };
    useRules([{ name: 'North', when: { destination_regions: ['ap-beijing'] }, ...others }]);
    expect(await diagnose()).toEqual([
      {
        ...{ check: 'channel', verdict: 'doubtful' },
        says: en.doctor.unreported(en.doctor.channelProblems.not_joined(GENERAL)),
      },
    ]);
  });

  it('a lax rule', async () => {
    await begin();
    useRules(doubtfulRules.slice(0, 2));
    expect(await diagnose()).toMatchObject([{ check: 'policy', verdict: 'doubtful' }]);
  });

  it('the policy file', async () => {
    await begin();
    useRules([{ name: 'One', when: { engine: ['mysql'] } }]);
    expect(await diagnose()).toMatchObject([{ check: 'settings', verdict: 'wrong' }]);
  });

  it.each([
    ['ahead', 600_000, 'wrong'],
    ['behind', -600_000, 'wrong'],
    ['ahead', 60_000, 'doubtful'],
  ])('the clock, %s', async (_, offsetMs, verdict) => {
    await begin();
    const [finding, ...others] = await diagnose({}, () => Date.now() + offsetMs);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ check: 'clock', verdict });
    // Slack's date has no fractions of a second, and the response takes some time.
    const possible = [-1, 0, 1, 2].map((more) => en.doctor.clock.off(offsetMs / 1_000 + more));
    expect(possible).toContain(finding?.says);
  });

  it('a taken port, but not the port of a running Ferry', async () => {
    await begin();
    const other = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nhello'));
    const port = await listenLocally(other);
    expect(await diagnose({ PORT: String(port) })).toEqual([
      { check: 'port', verdict: 'wrong', says: en.start.portTaken(port) },
    ]);
    other.close();
    const test = await startTestFerry();
    const { output } = await run({ PORT: String(test.ferry.port) });
    expect(output).toContain(`✓ ${en.doctor.port.ferry(test.ferry.port, version)}`);
    await test.stop();
  });

  it('each permission of the CAM policy that the documents show', async () => {
    let ahead = 0;
    await begin(scopes, () => Date.now() + ahead);
    useRules([], { secrets: [{ secret: 'ssm:erp-root', anywhere: true }] });
    const page = readFileSync(resolve(__dirname, '../docs/permissions.md'), 'utf8');
    const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const { statement } = z
      .object({ statement: z.array(z.object({ action: z.array(z.string()) })) })
      .parse(JSON.parse(policy));
    const names = statement.flatMap(({ action }) => action);
    expect(names.length).toBeGreaterThan(30);
    /** What Ferry cannot do without. Its policy allows a secret here, and the settings limit the account. */
    const needed = names.filter((name) =>
      /:(CreateMigrateJob|DescribeMigrateJobs|GetCallerIdentity|\w*Secret\w*)$/.test(name),
    );
    const services = new Set(names.map((name) => name.split(':')[0]));
    const permission = new RegExp(`\\b(${[...services].join('|')}):[A-Z]\\w+`, 'g');
    const seen: Record<string, object> = {};
    for (const name of names) {
      const [, action = ''] = name.split(':');
      // A fast machine would exceed the limit of calls per second.
      ahead += 1_000;
      dts.controls.setPermission(action, false);
      const findings = await diagnose({ ALLOWED_ACCOUNT_IDS: ACCOUNT_ID });
      dts.controls.setPermission(action, true);
      const named = findings.flatMap(({ says }) => says.match(permission) ?? []);
      seen[name] = {
        isNamed: named.includes(name),
        // Several products have an action of the same name.
        others: named.filter((each) => !each.endsWith(`:${action}`)),
        isNeeded: findings.some(({ verdict }) => verdict === 'wrong'),
      };
    }
    const expected = names.map((name) => [
      name,
      { isNamed: true, others: [], isNeeded: needed.includes(name) },
    ]);
    expect(seen).toEqual(Object.fromEntries(expected));
    const changing =
      /^(Create|Start|Stop|Complete|Delete|Isolate|Destroy|Pause|Continue|Resume|Skip|Modify)/;
    const changes = dts.calls.filter(({ action }) => changing.test(action ?? ''));
    expect(changes.length).toBeGreaterThan(100);
    expect(changes.filter(({ verdict }) => verdict.kind !== 'refused')).toEqual([]);
    expect(dts.jobs.size).toBe(0);
  });

  it.each(['AuthFailure.UnauthorizedOperationError', 'UnauthorizedOperation.CamNoAuth'])(
    'a permission that DTS denies with %s',
    async (code) => {
      await begin();
      dts.next({ kind: 'code', code }, { action: 'CreateMigrateJob', times: 9 });
      dts.next({ kind: 'code', code }, { action: 'StopMigrateJob', times: 9 });
      dts.next({ kind: 'code', code }, { action: 'DescribeMigrateJobs', times: 9 });
      const { costs, missing } = en.doctor.permissions;
      expect(await diagnose()).toEqual([
        {
          ...{ check: 'search', verdict: 'wrong' },
          says: expect.stringMatching(
            saying(en.doctor.cloudForbidden('dts:DescribeMigrateJobs', anything)),
          ),
        },
        {
          ...{ check: 'permission', verdict: 'wrong' },
          says: missing(['dts:CreateMigrateJob'], costs.creating),
        },
        {
          ...{ check: 'permission', verdict: 'doubtful' },
          says: missing(['dts:StopMigrateJob'], costs.buttons),
        },
      ]);
    },
  );

  it('a permission that could not be checked', async () => {
    await begin();
    dts.next({ kind: 'code', code: 'InternalError' }, { action: 'StopMigrateJob', times: 9 });
    expect(await diagnose()).toEqual([
      { check: 'permission', verdict: 'doubtful', says: expect.stringContaining('InternalError') },
    ]);
  });

  it('a region of the policy', async () => {
    await begin();
    useRules(beijing);
    const fits = (call: Call) => call.region === 'ap-beijing';
    const target = { action: 'DescribeMigrateJobs', times: 9, fits };
    dts.next({ kind: 'code', code: 'UnsupportedRegion' }, target);
    expect(await diagnose()).toEqual([
      { check: 'region', verdict: 'wrong', says: expect.stringContaining('ap-beijing') },
    ]);
  });

  it('a stored secret', async () => {
    await begin();
    useRules([], { secrets: [{ secret: 'ssm:not-there', anywhere: true }] });
    expect(await diagnose()).toMatchObject([{ check: 'secret', verdict: 'wrong' }]);
  });

  it('the key of the audit log', async () => {
    await begin();
    const key = (byte: number) => `1:${Buffer.alloc(32, byte).toString('base64')}`;
    const location = { DATABASE_URL: environment['DATABASE_URL'] ?? '' };
    const test = await startTestFerry({ ...location, AUDIT_KEY: key(1) });
    await test.request();
    await test.stop();
    expect(await diagnose({ AUDIT_KEY: key(2) })).toEqual([
      { check: 'audit_key', verdict: 'wrong', says: en.doctor.auditKeyWrong },
    ]);
  });

  it('a read-only database', async () => {
    await begin();
    const url = await newPostgresDatabase();
    const test = await startTestFerry({ DATABASE_URL: url });
    await test.stop();
    const client = await connect(url);
    await client.query(
      `alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = on`,
    );
    await client.end();
    expect(await diagnose({ DATABASE_URL: url })).toEqual([
      { check: 'database', verdict: 'wrong', says: en.doctor.databaseReadOnly('PostgreSQL') },
    ]);
  });
});

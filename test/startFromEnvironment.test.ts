import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  APPROVERS_GROUP,
  DB_MIGRATIONS,
  GENERAL,
  PRIVATE_WITHOUT_BOT,
  type SlackWorkspace,
  startSlack,
} from '../playground/slack/index';
import { startFromEnvironment } from '../src/startFromEnvironment';
import { zh } from './support/inChinese';
import { portOf } from './support/listenLocally';
import { minimalEnvironment } from './support/minimalEnvironment';
import { anything, en, saying } from './support/words';

let slack: SlackWorkspace;
let environment: Record<string, string>;
beforeEach(async () => {
  slack = await startSlack();
  environment = minimalEnvironment(slack);
});
afterEach(() => slack.close());

/** The message of a start that fails. */
async function refusal(env: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-main-'));
  const beginning = startFromEnvironment({
    DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}`,
    ...env,
  });
  const { ok, ...end } = beginning.ok ? await beginning.starting : beginning;
  const words = 'words' in end ? end.words : '';
  expect(ok).toBe(false);
  expect(words).not.toMatch(/^\s+at .+:\d+:\d+/m);
  expect(words).not.toContain('canary');
  return words;
}

const place = { line: 1, column: 1, path: '' };

it('says that the database is a folder', async () => {
  const text = await refusal({ ...environment, DATABASE_URL: `sqlite:${tmpdir()}` });
  expect(text).toBe(en.start.database(tmpdir(), 'it is a folder, not a file'));
});

it('lists all missing settings in one message, with their purpose and where to find them', async () => {
  const text = await refusal({});
  for (const variable of [
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'APPROVAL_CHANNEL',
    'APPROVERS',
    'TENCENTCLOUD_SECRET_ID',
    'TENCENTCLOUD_SECRET_KEY',
    'TENCENTCLOUD_REGION',
    'SEAL_KEYS',
  ]) {
    expect(text).toMatch(
      new RegExp(
        `${variable} ${en.config.problems.missing}.*\\n +${en.config.purposeLabel} \\S.*\\n +${en.config.whereLabel} \\S`,
      ),
    );
  }
  expect(text).toContain(en.config.heading(8));
});

it('reports an invalid setting without showing it', async () => {
  const text = await refusal({ ...environment, SLACK_BOT_TOKEN: 'xoxp-canary', PORT: 'canary' });
  expect(text).toContain(`SLACK_BOT_TOKEN ${en.config.problems.bot_token_shape}`);
  expect(text).toContain(`PORT ${en.config.problems.port_shape}`);
});

it('reports it in Chinese if that is the language', async () => {
  expect(await refusal({ DEFAULT_LOCALE: 'zh-CN' })).toContain(zh.config.heading(8));
});

it.each([
  ['JobName: 3.10', 'number_rewritten', { written: '3.10', read: '3.1' }],
  ['SrcInfo.User: 007', 'number_rewritten', { written: '007', read: '7' }],
  ['SrcInfo.User: 0x1F', 'number_rewritten', { written: '0x1F', read: '31' }],
  ['JobName: 1e3', 'number_rewritten', { written: '1e3', read: '1000' }],
  ['Reason: .inf', 'number_rewritten', { written: '.inf', read: 'Infinity' }],
] as const)(
  'does not start with a preset that YAML would change: %s',
  async (line, code, change) => {
    const file = join(mkdtempSync(join(tmpdir(), 'ferry-main-')), 'policy.yml');
    const approvals = `approvals:\n  channel: ${DB_MIGRATIONS}\n  approvers: [channel]\n`;
    writeFileSync(file, `${approvals}presets:\n  a:\n    ${line}\n`);
    const { APPROVAL_CHANNEL: _, APPROVERS: __, ...others } = environment;
    const text = await refusal({ ...others, POLICY_FILE: file });
    const said = en.config.policyFileProblem({ ...place, code, ...change });
    expect(text).toContain(`POLICY_FILE ${en.config.policyFileWrong(1)}`);
    expect(text).toMatch(new RegExp(`:6:\\d+: presets\\.a\\S* ${said.replaceAll('.', '\\.')}`));
  },
);

it('lists problems of the policy file in a notation that editors and terminals link', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ferry-main-')), 'policy.yml');
  writeFileSync(file, 'approvals:\n  chanel: C0ONE\n  approvers: [bob]\n');
  const { APPROVAL_CHANNEL: _, APPROVERS: __, ...others } = environment;
  const text = await refusal({ ...others, POLICY_FILE: file });
  expect(text).toContain(`POLICY_FILE ${en.config.policyFileWrong(3)}`);
  expect(text).toContain(`${file}:2:3: approvals.channel is missing`);
  expect(text).toContain(
    `${file}:2:3: approvals.chanel ${en.config.policyFileProblem({
      ...place,
      code: 'unknown_key',
      key: 'chanel',
      nearest: 'channel',
      known: [],
    })}`,
  );
  expect(text).toContain(
    `:3:15: approvals.approvers[0] ${en.config.policyFileProblem({ ...place, code: 'approver_shape' })}`,
  );
});

it('reports that the token is refused', async () => {
  const text = await refusal({ ...environment, SLACK_BOT_TOKEN: 'xoxb-canary-revoked' });
  expect(text).toContain(en.start.tokenRefused('invalid_auth'));
});

it('explains in its own words why it did not start, even if a secret has words in common with them', async () => {
  const [own = ''] = en.start.database('PostgreSQL', '|').split('|');
  const ordinary = { ...environment, DATABASE_URL: 'postgres://ferry:postgres@127.0.0.1:9/x' };
  expect(await refusal(ordinary)).toContain(own);
  const quoted = { ...environment, DATABASE_URL: 'postgres://ferry:ECONNREFUSED@127.0.0.1:9/x' };
  const text = await refusal(quoted);
  expect(text).toContain(en.start.database('PostgreSQL', '[secret]'));
  expect(text).not.toContain('ECONNREFUSED');
});

it.each([
  [GENERAL, en.start.channel.not_joined(GENERAL)],
  [PRIVATE_WITHOUT_BOT, en.start.channel.unknown(PRIVATE_WITHOUT_BOT)],
])('reports that no card can be posted in %s: %s', async (channel, words) => {
  const text = await refusal({ ...environment, APPROVAL_CHANNEL: channel });
  expect(text).toContain(words);
  expect(text).toContain('/invite');
});

it('reports that the plan has no user groups if only a group could approve', async () => {
  slack.setPlan('free');
  const text = await refusal({ ...environment, APPROVERS: APPROVERS_GROUP });
  expect(text).toContain(en.start.people.heading);
  expect(text).toContain(en.start.people.group.no_plan(APPROVERS_GROUP));
});

it('reports that the port is taken', async () => {
  const other = await listening();
  const port = portOf(other);
  const text = await refusal({ ...environment, PORT: String(port) });
  expect(text).toContain(en.start.portTaken(port));
  other.close();
});

it.each(['192.0.2.1', '2001:db8::1'])('reports that it cannot listen on %s', async (address) => {
  const text = await refusal({ ...environment, HOST: address });
  expect(text).toContain(en.start.hostUnusable(address));
});

it('reports that the database cannot be opened', async () => {
  const path = join(__filename, 'ferry.db'); // No folder can exist below a file.
  const text = await refusal({ ...environment, DATABASE_URL: `sqlite:${path}` });
  expect(text).toMatch(saying(en.start.database(path, anything)));
});

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, done));
  return server;
}

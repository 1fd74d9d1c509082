import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BotProcess } from '../../playground/botProcess';
import {
  ALICE,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { minimalEnvironment } from '../support/minimalEnvironment';
import { en } from '../support/words';

const script = resolve(__dirname, '../../dist/src/main.js');
let slack: SlackWorkspace;
let environment: Record<string, string>;
beforeEach(async () => {
  slack = await startSlack();
  environment = minimalEnvironment(slack);
});
afterEach(() => slack.close());

const run = (env: Record<string, string>) =>
  new BotProcess(script, mkdtempSync(join(tmpdir(), 'ferry-main-')), env);

it('ends with a message and an error code if it cannot start', async () => {
  const bot = run({ ...environment, SLACK_APP_TOKEN: 'xapp-canary-wrong' });
  expect(await bot.ended()).toBe(1);
  expect(bot.output).toContain(en.start.appTokenRefused('invalid_auth'));
  expect(bot.output).not.toMatch(/^\s+at .+:\d+:\d+/m);
  expect(bot.output).not.toContain('canary');
});

it('warns at startup about suspicious values, naming only the variable', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-main-'));
  writeFileSync(join(folder, '.env'), 'FERRY_SECRET_CUT=canary#7Qz\n');
  const bot = new BotProcess(script, folder, {
    ...environment,
    FERRY_SECRET_QUOTED: "'canary-7Qz'",
  });
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
  const warned = bot.output.split('\n').filter((line) => line.includes('FERRY_SECRET_'));
  expect(warned).toEqual([
    expect.stringMatching(/"variable":"FERRY_SECRET_QUOTED".*quotes around it/),
    expect.stringMatching(/"variable":"FERRY_SECRET_CUT".*ends at its #/),
  ]);
  expect(bot.output).not.toContain('canary');
  await bot.stop();
});

it('reads settings from .env in UTF-16, as Windows writes it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-main-'));
  writeFileSync(join(folder, '.env'), Buffer.from('\ufeffPORT=canary\r\n', 'utf16le'));
  const { PORT: _, ...others } = environment;
  const bot = new BotProcess(script, folder, others);
  expect(await bot.ended()).toBe(1);
  expect(bot.output).toContain(`PORT ${en.config.problems.port_shape}`);
  expect(bot.output).not.toContain('SLACK_BOT_TOKEN');
});

it.each<[string, string, (file: string) => void]>([
  ['a folder', 'EISDIR', (file) => mkdirSync(file)],
  [
    'no text',
    en.commandLine.envFile.notText,
    (file) => writeFileSync(file, Buffer.from([0x50, 0xff, 0x00])),
  ],
])('says first that .env cannot be read if it is %s', async (_, detail, make) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-main-'));
  make(join(folder, '.env'));
  const bot = new BotProcess(script, folder, {});
  expect(await bot.ended()).toBe(1);
  const [first] = bot.output.split('\n');
  expect(first).toBe(en.commandLine.envFile.unreadable(detail));
  expect(bot.output).toContain(en.config.heading(8));
});

it('reads .env from the working directory, and stops cleanly', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-main-'));
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(folder, '.env'), lines.join('\n'));
  const bot = new BotProcess(script, folder, {});
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
  expect(await bot.stop()).toBe(0);
  expect(readdirSync(join(folder, 'data'))).toContain('ferry.db');
});

it.each<[string, string]>([
  ['auth.test', 'Slack is unreachable; retrying'],
  ['apps.connections.open', 'Slack is unreachable over the socket; retrying'],
])('stops at once while it waits for %s', async (method, words) => {
  slack.faults.next(method, { kind: 'error', error: 'internal_error' }, 1_000);
  const bot = run({ ...environment, SHUTDOWN_SECONDS: '60' });
  await waitUntil(() => bot.output.includes(words), `${words}: ${bot.output}`);
  expect(await bot.stop()).toBe(0);
  expect(bot.output).toContain(`${en.start.stopped}\n`);
  expect(bot.output).not.toContain('"started"');
});

it('reloads the policy on SIGHUP, and keeps the old one while the new one is invalid', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-main-'));
  const file = join(folder, 'policy.yml');
  const write = (approvers: string) =>
    writeFileSync(file, `approvals: {channel: ${DB_MIGRATIONS}, approvers: [${approvers}]}\n`);
  write('channel');
  const { APPROVAL_CHANNEL: _, APPROVERS: __, ...others } = environment;
  const bot = run({ ...others, POLICY_FILE: file });
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
  const says = (words: string) =>
    waitUntil(() => bot.output.includes(words), `${words}: ${bot.output}`);
  await says('"started"');
  write('nobody');
  bot.signal('SIGHUP');
  await says('the policy file is invalid; the old policy stays in force');
  await says(`${file}:1:`);
  write('S0NOTHING1');
  bot.signal('SIGHUP');
  await says('the new policy cannot be used; the old policy stays in force');
  await says(en.start.oldPolicyStays);
  write(ALICE);
  bot.signal('SIGHUP');
  await says('the policy was reloaded');
  expect(await bot.stop()).toBe(0);
});

it('keeps the old policy if nobody could provide a password under the new one', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ferry-main-')), 'policy.yml');
  const approvals = `approvals: {channel: ${DB_MIGRATIONS}, approvers: [channel]}\n`;
  writeFileSync(file, `${approvals}secrets: [{secret: 'ssm:dts/*', anywhere: true}]\n`);
  const { APPROVAL_CHANNEL: _, APPROVERS: __, SEAL_KEYS: ___, ...others } = environment;
  const bot = run({ ...others, POLICY_FILE: file });
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
  await waitUntil(() => bot.output.includes('"started"'), `the start: ${bot.output}`);
  writeFileSync(file, approvals);
  bot.signal('SIGHUP');
  const refused = `SEAL_KEYS ${en.config.problems.no_secrets}`;
  await waitUntil(() => bot.output.includes(refused), `${refused}: ${bot.output}`);
  expect(bot.output).toContain(en.start.oldPolicyStays);
  expect(bot.output).not.toContain('the policy was reloaded');
  expect(await bot.stop()).toBe(0);
});

async function waitUntil(probe: () => boolean, what: string): Promise<void> {
  const latest = performance.now() + 15_000;
  while (!probe()) {
    if (performance.now() > latest) throw new Error(what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

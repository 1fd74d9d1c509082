import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { botEnvironment } from './botEnvironment';
import { BotProcess } from './botProcess';
import { allowedHost, allowedSecret, dbas, onCall, sres } from './cast';
import { aBrokenGlass, anExpiry, aPolicyChange, aQuorum, rulesWith } from './demo/approvals';
import {
  aDenial,
  aDoubleClick,
  aFormWithMistakes,
  aLostAnswer,
  anErrorCode,
  pageErrorCodes,
  theMainJob,
  theOverhead,
  thoseWhoMayNot,
} from './demo/mainJob';
import { aMigration, anEarlyCheck, aStop, pace } from './demo/migrations';
import { aClone, aRedisRequest, aScheduledRequest, aStoredSecret } from './demo/routes';
import { canary, expect, Failed, type Stage, say, storedCanary, title } from './demo/stage';
import { isChinese, words } from './demo/words';
import { freePort } from './freePort';
import { APPROVERS_GROUP, BOT_USER, DB_MIGRATIONS, startSlack } from './slack/index';
import { startDts } from './tencentcloud/index';

async function play(stage: Stage): Promise<void> {
  await theMainJob(stage);
  await aFormWithMistakes(stage);
  await aDenial(stage);
  await thoseWhoMayNot(stage);
  await aDoubleClick(stage);
  for (const code of pageErrorCodes) await anErrorCode(stage, code);
  await aLostAnswer(stage);
  await aQuorum(stage);
  await aPolicyChange(stage);
  await anExpiry(stage);
  await aBrokenGlass(stage);
  await aRedisRequest(stage);
  await aClone(stage, await aScheduledRequest(stage));
  await aStoredSecret(stage);
  await aMigration(stage);
  await aStop(stage);
  await anEarlyCheck(stage);
  theOverhead(stage);
  await thePasswordsAreNowhere(stage);
}

/** The bot logs this once it uses a reloaded policy. */
const policyRead = 'the policy was reloaded';

const policyWith = (rules: string): string => `approvals:
  channel: ${DB_MIGRATIONS}
  approvers: [${APPROVERS_GROUP}]
${rules}secrets:
  - secret: ssm:${allowedSecret}
    hosts: ['${allowedHost}']
presets:
  orders-to-shanghai:
    SrcInfo.Region: ap-guangzhou
    DstInfo.Region: ap-shanghai
    DstInfo.InstanceId: cdb-e78e0nnv
`;

async function thePasswordsAreNowhere({ slack, dts, bot, port, folder }: Stage): Promise<void> {
  title(words.passwords.title);
  expect(
    dts.callsOf('CreateMigrateJob').some(({ rawBody }) => rawBody.includes(canary)),
    'DTS never got the password',
  );
  const leaks = (text: string | Buffer): boolean =>
    text.includes(canary) || text.includes(storedCanary);
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const places: [string, boolean][] = [
    [words.passwords.calls, leaks(slack.everything())],
    [words.passwords.log, leaks(bot.output)],
    [words.passwords.metrics, leaks(metrics)],
    [words.passwords.bytes, files.some(leaks)],
  ];
  for (const [place, found] of places) expect(!found, `a password is in ${place}`);
  say(words.ferry, words.passwords.nowhere(places.map(([place]) => place)));
  expect(slack.mistakes.length === 0, `Slack refused: ${JSON.stringify(slack.mistakes)}`);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'migration-demo-'));
  const [slack, dts, port] = [await startSlack(), await startDts({ pace }), await freePort()];
  dts.add({
    secrets: [
      {
        region: 'ap-shanghai',
        name: allowedSecret,
        versions: [{ id: 'v1', text: storedCanary }],
      },
    ],
  });
  const policyFile = join(folder, 'policy.yml');
  writeFileSync(policyFile, policyWith(rulesWith(sres)));
  slack.changeUser(BOT_USER, { realName: 'Ferry' });
  for (const group of [dbas, sres, onCall]) slack.addGroup(group);
  const locale = isChinese ? 'zh-CN' : 'en-US';
  for (const { id } of slack.users) slack.changeUser(id, { locale });
  const bot = new BotProcess(resolve(__dirname, '../src/main.js'), folder, {
    ...botEnvironment(slack, dts),
    SLACK_POSTS_PER_SECOND: '100',
    POLICY_FILE: policyFile,
    DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}`,
    PORT: String(port),
    DEFAULT_LOCALE: process.env['DEFAULT_LOCALE'] ?? 'en',
    LOG_LEVEL: 'debug',
  });
  // The bot ends with the demo, however the demo ends.
  process.once('exit', () => bot.signal('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.stdout.once('error', () => process.exit(1));
  try {
    await slack.until(() => slack.socket.connections > 0 || bot.exitCode !== undefined, {
      what: 'the bot to connect',
      timeoutMs: 60_000,
    });
    expect(bot.exitCode === undefined, 'the bot ended');
    const setRules = async (rules: string): Promise<void> => {
      const readings = () => bot.output.split(policyRead).length;
      const before = readings();
      writeFileSync(policyFile, policyWith(rules));
      await new Promise<void>((done) => {
        bot.onChange(() => {
          if (readings() > before) done();
        });
        bot.signal('SIGHUP');
      });
    };
    await play({ slack, dts, bot, port, folder, channel: DB_MIGRATIONS, overheads: [], setRules });
    const code = await bot.stop();
    expect(code === 0, `the bot ended with ${code}`);
    console.log(`\n${words.done}`);
  } catch (error) {
    console.error(error instanceof Failed ? `failed: ${error.message}` : error);
    console.error(bot.output);
    process.exitCode = 1;
  } finally {
    await bot.stop();
    await Promise.all([slack.close(), dts.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { BotProcess } from './botProcess';
import { fillForm } from './fillForm';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  BOT_USER,
  DAN,
  DB_MIGRATIONS,
  MEI,
  type Message,
  SINGLE_CHANNEL_GUEST,
  type SlackWorkspace,
  STRANGER,
  startSlack,
} from './slack/index';
import {
  DEFAULT_SECRET_ID,
  DEFAULT_SECRET_KEY,
  type DtsEndpoint,
  pageExample,
  startDts,
} from './tencentcloud/index';

/** The parameters of the API page's example, by the names of the form's fields. */
const exampleForm = {
  JobName: 'usertest',
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'extranet',
  'SrcInfo.Supplier': 'others',
  'SrcInfo.Ip': '14.17.22.36',
  'SrcInfo.Port': '10301',
  'SrcInfo.User': 'root',
  'SrcInfo.Password': '123456',
  'SrcInfo.Region': 'ap-guangzhou',
  DstDatabaseType: 'mysql',
  'DstInfo.InstanceId': 'cdb-e78e0nnv',
  'DstInfo.Region': 'ap-shanghai',
  'MigrateOption.MigrateObject': '1',
  'MigrateOption.MigrateType': '1',
  'MigrateOption.ConsistencyType': '1',
  'MigrateOption.IsOverrideRoot': '0',
  'MigrateOption.RunMode': '1',
  Reason: 'The old server leaves its data centre in June.',
};
type Fields = Partial<typeof exampleForm>;

const pageErrorCodes = [
  'FailedOperation.NotAllowOperation',
  'InternalError.DatabaseError',
  'InternalError.DuplicateJob',
  'InternalError.ProtocolError',
  'InvalidParameter',
  'LimitExceeded.MaxUnusedJobs',
];

/** Typed in every request but the first, and looked for everywhere afterwards. */
const canary = `canary-${randomBytes(9).toString('base64url')}`;

interface Stage {
  slack: SlackWorkspace;
  dts: DtsEndpoint;
  bot: BotProcess;
  port: number;
  folder: string;
  /** Milliseconds from each click on Approve to the first byte of the call that it caused. */
  overheads: number[];
}

async function play(stage: Stage): Promise<void> {
  await theMainJob(stage);
  await aFormWithMistakes(stage);
  await aDenial(stage);
  await thoseWhoMayNot(stage);
  await aDoubleClick(stage);
  for (const code of pageErrorCodes) await anErrorCode(stage, code);
  await aLostAnswer(stage);
  theOverhead(stage);
  await thePasswordIsNowhere(stage);
}

async function theMainJob(stage: Stage): Promise<void> {
  title('The main job: the example of the API page');
  const card = await request(stage, ALICE, exampleForm, 'form');
  await approve(stage, BOB, card);
  await reply(stage, card, /dts-\w{8}/);
  show(stage, card);

  const [call] = stage.dts.callsOf('CreateMigrateJob');
  expect(isDeepStrictEqual(call?.body, pageExample), 'the body is not the one of the API page');
  expect(call?.version === '2018-03-30', `the version is ${call?.version}`);
  say(
    'Tencent Cloud',
    `received CreateMigrateJob ${call?.version}, signed, exactly the page's body`,
  );
}

async function aFormWithMistakes({ slack }: Stage): Promise<void> {
  title('A form with mistakes');
  const alice = slack.as(ALICE);
  await alice.shortcut('request_migration');
  await slack.until(() => alice.view(), { what: 'the form' });
  say(nameOf(slack, ALICE), 'uses the shortcut “Request a migration” and fills in a hurry');
  await fillForm(slack, alice, {
    ...exampleForm,
    'SrcInfo.Ip': '192.168.1.20',
    'SrcInfo.Port': '70000',
    'DstInfo.InstanceId': 'my database',
  });
  const sent = await alice.submit();
  expect(sent.result === 'errors', `the form was ${sent.result}`);
  if (sent.result !== 'errors') return;
  for (const [field, error] of Object.entries(sent.errors)) say('Ferry', `${field}: ${error}`);
  const wrong = ['DstInfo.InstanceId', 'SrcInfo.Ip', 'SrcInfo.Port'];
  expect(isDeepStrictEqual(Object.keys(sent.errors).sort(), wrong), 'other fields were named');
  await alice.dismiss();
}

async function aDenial(stage: Stage): Promise<void> {
  title('A denial');
  const { slack } = stage;
  const card = await request(stage, ALICE, { JobName: 'orders-nightly' });
  const mei = slack.as(MEI);
  await mei.click(card, 'deny');
  await slack.until(() => mei.view(), { what: 'the denial form' });
  const reason = 'Not during the sale. Please ask again next week.';
  await mei.fill({ Reason: reason });
  await mei.submit();
  say(nameOf(slack, MEI), `presses Deny and writes: ${reason}`);
  await reply(stage, card, /next week/);
  show(stage, card);
}

async function thoseWhoMayNot(stage: Stage): Promise<void> {
  title('Those who may not approve');
  const { slack, dts } = stage;
  const card = await request(stage, ALICE, { JobName: 'billing' });
  const before = dts.calls.length;
  const answers = new Set<string>();
  for (const userId of [ALICE, DAN, SINGLE_CHANNEL_GUEST, STRANGER]) {
    const person = slack.as(userId);
    const heard = person.ephemerals().length;
    await person.click(card, 'approve');
    const answer = await slack.until(() => person.ephemerals()[heard], { what: 'a refusal' });
    say(nameOf(slack, userId), 'presses Approve');
    say(`Ferry, to ${nameOf(slack, userId)} alone`, answer.text);
    answers.add(answer.text);
  }
  expect(answers.size === 4, 'two refusals have the same words');
  expect(dts.calls.length === before, 'a refused click reached Tencent Cloud');
}

async function aDoubleClick(stage: Stage): Promise<void> {
  title('A double click, delivered twice, and a second approver at the same moment');
  const { slack, dts } = stage;
  const card = await request(stage, ALICE, { JobName: 'inventory' });
  const before = dts.callsOf('CreateMigrateJob').length;
  slack.redeliverNext(1, { concurrently: true, kind: 'blockActions' });
  await Promise.all([
    slack.as(BOB).click(card, 'approve'),
    slack.as(BOB).clickStale(card, 'approve'),
    slack.as(MEI).clickStale(card, 'approve'),
  ]);
  say(nameOf(slack, BOB), 'double-clicks Approve; Slack delivers the first click twice');
  say(nameOf(slack, MEI), 'presses Approve too');
  await reply(stage, card, /dts-\w{8}/);
  const late = () => [BOB, MEI].flatMap((userId) => slack.as(userId).ephemerals());
  await slack.until(() => late().length >= 3, { what: 'the answers to the others' });
  for (const { onlyFor, text } of late()) {
    say(
      `Ferry, to ${nameOf(slack, onlyFor ?? '')} alone`,
      slack.render({ ...card, text, blocks: [] }),
    );
  }
  const calls = dts.callsOf('CreateMigrateJob').length - before;
  expect(calls === 1, `${calls} calls were made`);
  say('Tencent Cloud', 'received one call');
}

async function anErrorCode(stage: Stage, code: string): Promise<void> {
  title(`Tencent Cloud refuses: ${code}`);
  const message = 'the message of the server';
  stage.dts.next({ kind: 'code', code, message });
  const card = await request(
    stage,
    ALICE,
    { JobName: `archive-${pageErrorCodes.indexOf(code) + 1}` },
    'briefly',
  );
  await approve(stage, BOB, card);
  await reply(stage, card, new RegExp(code.replace('.', '\\.')));
}

async function aLostAnswer(stage: Stage): Promise<void> {
  title('The job is created, but the answer is lost');
  const { dts } = stage;
  dts.next({ kind: 'reset', when: 'after' });
  const before = dts.callsOf('CreateMigrateJob').length;
  const card = await request(stage, ALICE, { JobName: 'lost-and-found' }, 'briefly');
  await approve(stage, BOB, card);
  await reply(stage, card, /socket hang up/);
  await reply(stage, card, /dts-\w{8}/);
  show(stage, card);
  const calls = dts.callsOf('CreateMigrateJob').length - before;
  expect(calls === 1, `${calls} calls were made`);
  say('Tencent Cloud', 'received one call');
}

function theOverhead({ overheads }: Stage): void {
  title('How long the bot takes between a click and the call');
  const sorted = overheads.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const most = sorted.at(-1) ?? Number.NaN;
  say(
    'Ferry',
    `from the click on Approve to the first byte of CreateMigrateJob: median ${median.toFixed(1)} ms, at most ${most.toFixed(1)} ms, of ${sorted.length} approvals`,
  );
}

async function thePasswordIsNowhere({ slack, dts, bot, port, folder }: Stage): Promise<void> {
  title('Where the typed password is');
  expect(
    dts.callsOf('CreateMigrateJob').at(-1)?.rawBody.includes(canary) === true,
    'DTS never got the password',
  );
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const places: [string, boolean][] = [
    ['messages, views and calls to Slack', slack.everything().includes(canary)],
    ["the bot's log", bot.output.includes(canary)],
    ['metrics', metrics.includes(canary)],
    ['the bytes of the database', files.some((file) => file.includes(canary))],
  ];
  for (const [place, found] of places) expect(!found, `the password is in ${place}`);
  say(
    'Ferry',
    `the password went to Tencent Cloud and is in none of: ${places.map(([place]) => place).join('; ')}`,
  );
  expect(slack.mistakes.length === 0, `Slack refused: ${JSON.stringify(slack.mistakes)}`);
}

/** Opens the form with `/migrate`, fills and sends it, and waits for the card. */
async function request(
  { slack }: Stage,
  userId: string,
  changes: Fields,
  told: 'form' | 'whole' | 'briefly' = 'whole',
): Promise<Message> {
  const person = slack.as(userId);
  const cards = () => slack.messages(DB_MIGRATIONS).filter(isCard);
  const before = cards().length;
  await person.command(DB_MIGRATIONS, '/migrate');
  await slack.until(() => person.view(), { what: 'the form' });
  const fields = { ...exampleForm, 'SrcInfo.Password': canary, ...changes };
  await fillForm(slack, person, fields);
  const { JobName, 'SrcInfo.Ip': ip, 'SrcInfo.Port': port } = fields;
  const form = person.view();
  say(
    nameOf(slack, userId),
    told === 'form' && form !== undefined
      ? `types /migrate and fills in:\n${slack.render(form)}`
      : `types /migrate and asks for ${JobName}: MySQL at ${ip}:${port} to ${fields['DstInfo.InstanceId']}`,
  );
  const sent = await person.submit();
  expect(sent.result === 'updated', `the form was not taken: ${JSON.stringify(sent)}`);
  const card = await slack.until(() => cards()[before], { what: 'the card' });
  await slack.until(() => replies(slack, card).length > 0, { what: 'the mention' });
  if (told !== 'briefly') {
    say('#db-migrations shows', slack.render(card));
    say('in its thread', replies(slack, card).join('\n'));
  }
  await slack.until(() => /#\d/.test(slack.render(person.view() ?? card)), { what: 'an answer' });
  await person.dismiss();
  return card;
}

async function approve(
  { slack, dts, overheads }: Stage,
  userId: string,
  card: Message,
): Promise<void> {
  const before = dts.callsOf('CreateMigrateJob').length;
  const clickedAt = Number(process.hrtime.bigint()) / 1e6;
  await slack.as(userId).click(card, 'approve');
  say(nameOf(slack, userId), 'presses Approve');
  const call = await dts.until(() => dts.callsOf('CreateMigrateJob')[before], { what: 'the call' });
  overheads.push(call.atMonotonicMs - clickedAt);
}

/** Waits for a reply that fits and prints it. */
async function reply({ slack }: Stage, card: Message, pattern: RegExp): Promise<void> {
  const found = await slack.until(() => replies(slack, card).find((text) => pattern.test(text)), {
    what: `a reply with ${pattern}`,
  });
  say('in its thread', found);
}

/** Prints the card as it stands now, which must be without buttons. */
function show({ slack }: Stage, card: Message): void {
  const now = slack.message(card);
  const shown = now === undefined ? 'gone' : slack.render(now);
  expect(!shown.includes('[Approve]'), 'the card still has its buttons');
  say('#db-migrations shows', shown);
}

const isCard = ({ threadTs, onlyFor }: Message): boolean =>
  threadTs === undefined && onlyFor === undefined;

function replies(slack: SlackWorkspace, card: Message): string[] {
  return slack
    .messages(card.channel)
    .filter(({ threadTs, ts }) => threadTs === card.ts && ts !== card.ts)
    .map((message) => slack.render(message));
}

const nameOf = (slack: SlackWorkspace, userId: string): string =>
  slack.users.find(({ id }) => id === userId)?.realName ?? userId;

function title(text: string): void {
  console.log(`\n── ${text} ──`);
}

/** One line an event; what a person sees is set below it. */
function say(who: string, what: string): void {
  const lines = what.trimEnd().split('\n');
  const text = lines.length === 1 ? ` ${lines[0]}` : lines.map((line) => `\n    ${line}`).join('');
  console.log(`${who}:${text}`);
}

class Failed extends Error {}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Failed(otherwise);
}

/** A port that nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== 'object' || address === null) throw new Failed('no free port');
  return address.port;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'migration-demo-'));
  const [slack, dts, port] = [await startSlack(), await startDts(), await freePort()];
  slack.changeUser(BOT_USER, { realName: 'Ferry' });
  const bot = new BotProcess(resolve(__dirname, '../src/main.js'), folder, {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    SLACK_POSTS_PER_SECOND: '100',
    APPROVAL_CHANNEL: DB_MIGRATIONS,
    APPROVERS: APPROVERS_GROUP,
    TENCENTCLOUD_SECRET_ID: DEFAULT_SECRET_ID,
    TENCENTCLOUD_SECRET_KEY: DEFAULT_SECRET_KEY,
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_ENDPOINT: dts.url,
    DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}`,
    SEAL_KEYS: `demo:${randomBytes(32).toString('base64')}`,
    PORT: String(port),
    DEFAULT_LOCALE: process.env['DEFAULT_LOCALE'] ?? 'en',
    LOG_LEVEL: 'debug',
  });
  // However the demo ends, the bot ends with it.
  process.once('exit', () => bot.signal('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.stdout.once('error', () => process.exit(1));
  try {
    await slack.until(() => slack.socket.connections > 0 || bot.exitCode !== undefined, {
      what: 'the bot to connect',
      timeoutMs: 20_000,
    });
    expect(bot.exitCode === undefined, 'the bot ended');
    await play({ slack, dts, bot, port, folder, overheads: [] });
    const code = await bot.stop();
    expect(code === 0, `the bot ended with ${code}`);
    console.log('\ndone');
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { approversEnvironment, botEnvironment } from '../../playground/botEnvironment';
import { BotProcess } from '../../playground/botProcess';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { freePort } from '../../playground/freePort';
import {
  ALICE,
  BOB,
  DB_MIGRATIONS,
  type Message,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { inFormOrder } from '../support/aForm';
import { type ConnectProxy, connectProxy } from '../support/connectProxy';
import { manifest } from '../support/manifest';
import { openForm } from '../support/modal';
import { certificateFor, tlsFront } from '../support/tlsFront';
import { explained, jobInThread } from '../support/words';

const password = 'canary-proxy-7Qz';
const script = resolve(__dirname, '../../dist/src/main.js');

let slack: SlackWorkspace;
let dts: DtsEndpoint;
let proxy: ConnectProxy;
let folder: string;
let environment: Record<string, string>;
let bot: BotProcess;
let closers: (() => Promise<void>)[];

/** Slack and Tencent Cloud have names that only the proxy knows, and TLS. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-proxy-'));
  const port = await freePort();
  const { scopes } = manifest();
  slack = await startSlack({ scopes, port, publicUrl: 'https://slack.test' });
  dts = await startDts();
  const files = certificateFor(folder, ['slack.test', 'dts.test']);
  const slackFront = await tlsFront(port, files);
  const dtsFront = await tlsFront(dts.port, files);
  proxy = await connectProxy(
    `ferry:${password}`,
    new Map([
      ['slack.test:443', slackFront.port],
      ['dts.test:443', dtsFront.port],
    ]),
  );
  closers = [slackFront.close, dtsFront.close, proxy.close, () => slack.close(), () => dts.close()];
  environment = {
    NODE_EXTRA_CA_CERTS: files.certificate,
    HTTPS_PROXY: `http://ferry:${password}@127.0.0.1:${proxy.port}`,
    ...botEnvironment(slack, { url: 'https://dts.test' }),
    SLACK_API_URL: 'https://slack.test/api/',
    ...approversEnvironment,
    DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}`,
    PORT: '0',
  };
});
afterEach(async () => {
  await bot.stop();
  expect(bot.output).not.toContain('canary');
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
});

async function start(changes: Record<string, string> = {}): Promise<void> {
  bot = new BotProcess(script, folder, { ...environment, ...changes });
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
}

async function approved(): Promise<Message> {
  const person = await openForm(slack, ALICE);
  await fillForm(slack, person, inFormOrder(exampleForm));
  await person.submit();
  const posted = () => slack.messages(DB_MIGRATIONS).find(({ threadTs }) => threadTs === undefined);
  const card = await slack.until(posted, { what: 'the card' });
  await slack.as(BOB).click(card, 'approve');
  return card;
}

const reply = (card: Message, words: RegExp) =>
  slack.until(
    () =>
      slack
        .messages(DB_MIGRATIONS)
        .filter(({ threadTs }) => threadTs === card.ts)
        .some((message) => words.test(slack.render(message))),
    { what: `a reply with ${words}`, timeoutMs: 30_000 },
  );

it.each(['HTTPS_PROXY', 'https_proxy'])(
  'reaches Slack, its socket and Tencent Cloud through the proxy in %s',
  async (name) => {
    const { HTTPS_PROXY: url = '', ...others } = environment;
    environment = { ...others, [name]: url };
    await start();
    await reply(await approved(), jobInThread());
    expect(new Set(proxy.targets)).toEqual(new Set(['slack.test:443', 'dts.test:443']));
    expect(dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    expect(slack.mistakes).toEqual([]);
  },
);

it('makes no call that the proxy refuses, and makes it once when the proxy allows it', async () => {
  await start();
  proxy.refusals.set('dts.test:443', 403);
  const card = await approved();
  await slack.until(() => proxy.targets.filter((each) => each === 'dts.test:443').length > 3, {
    what: 'calls through the proxy',
  });
  expect(dts.calls).toEqual([]);
  proxy.refusals.clear();
  await reply(card, jobInThread());
  expect(dts.callsOf('CreateMigrateJob')).toHaveLength(1);
});

it('follows no redirect through the proxy', async () => {
  await start();
  dts.next({ kind: 'redirect', location: 'https://elsewhere.test/', status: 307 });
  const headline = explained('redirected').headline;
  await reply(await approved(), new RegExp(headline.replaceAll('.', '\\.')));
  expect(proxy.targets).not.toContain('elsewhere.test:443');
  expect(dts.callsOf('CreateMigrateJob')).toHaveLength(1);
});

it('reaches hosts in NO_PROXY directly', async () => {
  bot = new BotProcess(script, folder, { ...environment, NO_PROXY: 'other.test, .slack.test' });
  const said = () => bot.output.includes('Slack is unreachable; retrying');
  const latest = performance.now() + 15_000;
  while (!said() && performance.now() < latest) await new Promise((done) => setTimeout(done, 20));
  expect(said()).toBe(true);
  expect(proxy.targets).toEqual([]);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { approversEnvironment, botEnvironment } from '../playground/botEnvironment';
import { BotProcess } from '../playground/botProcess';
import { exampleForm } from '../playground/exampleForm';
import { fillForm } from '../playground/fillForm';
import { freePort } from '../playground/freePort';
import { readManifest } from '../playground/page/readManifest';
import {
  BOB,
  DB_MIGRATIONS,
  type Message,
  type SlackWorkspace,
  startSlack,
} from '../playground/slack/index';
import { type DtsEndpoint, startDts } from '../playground/tencentcloud/index';
import { fromMonotonic, now } from './clock';

export type Mode = 'socket' | 'http';

/** One app, with its own workspace and cloud account. Both run in this process. */
export interface Side {
  slack: SlackWorkspace;
  dts: DtsEndpoint;
  app: BotProcess;
  /** How long the app took from the start of its process until it was connected, in ms. */
  readyMs: number;
  /** Starts the app again, with the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface SideOptions {
  mode?: Mode;
  databaseUrl?: string;
  callsPerSecond?: number;
  /** More settings of the app. */
  environment?: Readonly<Record<string, string>>;
}

const manifest = readManifest(resolve(__dirname, '../../manifest.yml'));
const scopes = manifest.oauth_config.scopes.bot;

const scripts = {
  ferry: resolve(__dirname, '../src/main.js'),
  bare: resolve(__dirname, 'bareBolt.js'),
};

/** A failed measurement leaves no process behind. */
const running = new Set<BotProcess>();
process.on('exit', () => {
  for (const app of running) app.signal('SIGKILL');
});

export async function startSide(
  kind: keyof typeof scripts,
  { mode = 'socket', databaseUrl, callsPerSecond = 1_000, environment }: SideOptions = {},
): Promise<Side> {
  const slack = await startSlack({ scopes, now });
  const dts = await startDts({ callsPerSecond });
  const folder = mkdtempSync(join(tmpdir(), 'ferry-bench-'));
  const port = await freePort();
  if (mode === 'http') {
    slack.deliverTo({ mode, requestUrl: `http://127.0.0.1:${port}/slack/events` });
  }
  const settings: Record<string, string> = {
    NODE_ENV: 'production',
    ...botEnvironment(slack, dts, mode),
    SLACK_POSTS_PER_SECOND: '1000',
    OPEN_REQUESTS_PER_PERSON: '10000',
    ...approversEnvironment,
    DTS_CALLS_PER_SECOND: String(callsPerSecond),
    DATABASE_URL: databaseUrl ?? `sqlite:${join(folder, 'ferry.db')}`,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    // As `npm start` starts it.
    ...(kind === 'ferry' ? { NODE_OPTIONS: '--max-semi-space-size=4' } : {}),
    ...environment,
  };
  const begin = async (): Promise<{ app: BotProcess; readyMs: number }> => {
    const begun = now();
    const app = new BotProcess(scripts[kind], folder, settings);
    running.add(app);
    const isReady = async () =>
      mode === 'socket' ? slack.socket.connections > 0 : await answers(port);
    while (!(await isReady())) {
      if (app.hasEnded) throw new Error(`${kind} ended: ${app.output}`);
      await sleep(1);
    }
    return { app, readyMs: now() - begun };
  };
  const begun = await begin();
  const side: Side = {
    slack,
    dts,
    ...begun,
    async restart() {
      await side.app.stop();
      while (slack.socket.connections > 0) await sleep(1);
      Object.assign(side, await begin());
    },
    async stop() {
      await side.app.stop();
      await slack.close();
      await dts.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return side;
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST' }).then(
    () => true,
    () => false,
  );

/**
 * Resolves once no call has arrived for a while. People need longer than that to click on what they
 * see, so the app handles a click after its work on the message.
 */
export async function settled({ slack, dts }: Side, forMs = 60): Promise<void> {
  for (;;) {
    const seen = slack.calls.length + dts.calls.length;
    await sleep(forMs);
    if (slack.calls.length + dts.calls.length === seen) return;
  }
}

/** The same, and the calls so far don't count in the next measurement. */
export async function quiet(side: Side, forMs?: number): Promise<void> {
  await settled(side, forMs);
  side.slack.forget();
}

/** Submits the example as one person's request. Resolves to its card. */
export async function request(
  side: Side,
  userId: string,
  jobName: string,
): Promise<Message & { submittedAt: number; postedAt: number }> {
  const { slack } = side;
  const person = slack.as(userId);
  await person.shortcut('request_migration');
  await slack.until(() => person.view(), { what: 'the form', timeoutMs: 60_000 });
  await fillForm(slack, person, { ...exampleForm, JobName: jobName });
  await settled(side);
  const seen = slack.calls.length;
  const submittedAt = now();
  const sent = await person.submit();
  if (sent.result !== 'updated') throw new Error(`not taken: ${JSON.stringify(sent)}`);
  const post = await slack.until(
    () =>
      slack.calls
        .slice(seen)
        .find(
          ({ answer, args, method }) =>
            method === 'chat.postMessage' &&
            args['thread_ts'] === undefined &&
            answer.kind === 'ok' &&
            JSON.stringify(args).includes(jobName),
        ),
    { what: 'the card', timeoutMs: 60_000 },
  );
  const ts = post.answer.kind === 'ok' ? String(post.answer.body['ts']) : '';
  const card = slack.message({ channel: DB_MIGRATIONS, ts });
  if (card === undefined) throw new Error('no card');
  while (person.view() !== undefined) await person.dismiss();
  return { ...card, submittedAt, postedAt: post.at };
}

/** Clicks and waits for the call of the given action. All times in ms. */
export async function clickToCall(
  { dts, slack }: Side,
  card: Message,
  actionId: string,
): Promise<{ acknowledgedMs: number; callMs: number; at: number }> {
  const before = dts.callsOf('CreateMigrateJob').length;
  const at = now();
  const acknowledged = slack.as(BOB).click(card, actionId);
  const call = await dts.until(() => dts.callsOf('CreateMigrateJob')[before], {
    what: 'the call',
    timeoutMs: 60_000,
  });
  const acknowledgement = await acknowledged;
  if (!acknowledgement.ok) throw new Error(`not acknowledged: ${acknowledgement.error}`);
  return {
    acknowledgedMs: acknowledgement.afterMs,
    callMs: fromMonotonic(call.atMonotonicMs) - at,
    at,
  };
}

/** Does one thing on both sides in turn, in alternating order. */
export async function interleave<Sample>(
  times: number,
  ours: (index: number) => Promise<Sample>,
  theirs: (index: number) => Promise<Sample>,
): Promise<{ ours: Sample[]; theirs: Sample[] }> {
  const samples: { ours: Sample[]; theirs: Sample[] } = { ours: [], theirs: [] };
  for (let index = 0; index < times; index += 1) {
    if (index % 2 === 0) samples.ours.push(await ours(index));
    samples.theirs.push(await theirs(index));
    if (index % 2 === 1) samples.ours.push(await ours(index));
  }
  return samples;
}

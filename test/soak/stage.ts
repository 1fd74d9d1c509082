import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { approversEnvironment, botEnvironment } from '../../playground/botEnvironment';
import { BotProcess } from '../../playground/botProcess';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  BOB,
  type Call,
  DB_MIGRATIONS,
  type Message,
  type SlackOptions,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { type DtsEndpoint, type DtsOptions, startDts } from '../../playground/tencentcloud/index';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { fail } from '../support/fail';
import { listenLocally } from '../support/listenLocally';
import { manifest } from '../support/manifest';
import { newPostgresDatabase } from '../support/postgres';
import type { DatabaseName } from '../support/startTestFerry';
import { anyText, anything, en, jobInThread, jobOnCard, saying } from '../support/words';

/** True for the short variant. */
export const isShort =
  process.env['SOAK'] === 'short' || (process.env['CI'] === 'true' && !process.env['SOAK']);

const script = resolve(__dirname, '../../dist/src/main.js');

/** A Slack workspace, DTS and a database, with any number of real bot processes. */
export interface Stage {
  slack: SlackWorkspace;
  dts: DtsEndpoint;
  databaseUrl: string;
  /** Processes that were started and not killed. */
  bots: Set<BotProcess>;
  /** Starts a process. Resolves when it is connected to Slack. */
  start(): Promise<BotProcess>;
  kill(bot: BotProcess): void;
  /** Stops a process with SIGTERM. Resolves to its exit code. */
  stop(bot: BotProcess): Promise<number | undefined>;
  /** Called for each connection to DTS before it is passed on; `true` drops it. */
  onConnection: (() => boolean) | undefined;
  /** Closed: pending helpers must stop. */
  closed: boolean;
  close(): Promise<void>;
}

export async function startStage(
  database: DatabaseName,
  changes: Readonly<Record<string, string>> = {},
  dtsOptions: DtsOptions = {},
  slackOptions: SlackOptions = {},
): Promise<Stage> {
  const slack = await startSlack({ scopes: manifest().scopes, ...slackOptions });
  const dts = await startDts(dtsOptions);
  const folder = mkdtempSync(join(tmpdir(), 'ferry-soak-'));
  const databaseUrl =
    database === 'sqlite' ? `sqlite:${join(folder, 'ferry.db')}` : await newPostgresDatabase();
  const sockets = new Set<Socket>();
  const way = createServer((near) => {
    if (stage.onConnection?.() === true) {
      near.destroy();
      return;
    }
    const far = connect(dts.port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const port = await listenLocally(way);

  const environment = {
    ...botEnvironment(slack, { url: `http://127.0.0.1:${port}` }),
    SLACK_POSTS_PER_SECOND: '1000',
    OPEN_REQUESTS_PER_PERSON: '1000',
    ...approversEnvironment,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...changes,
  };
  const stage: Stage = {
    slack,
    dts,
    databaseUrl,
    bots: new Set(),
    onConnection: undefined,
    closed: false,
    async start() {
      // Waits until the connections of killed processes are gone, to recognize the new one.
      const { socket } = slack;
      await waitFor(() => socket.connections <= stage.bots.size, 'the end of old connections');
      const bot = new BotProcess(script, folder, environment);
      stage.bots.add(bot);
      const wanted = stage.bots.size;
      await waitFor(
        () => socket.connections >= wanted || bot.exitCode !== undefined,
        'the connection of a new process',
        () => bot.output,
      );
      if (bot.exitCode !== undefined) throw new Error(`the process ended: ${bot.output}`);
      return bot;
    },
    kill(bot) {
      bot.signal('SIGKILL');
      stage.bots.delete(bot);
    },
    async stop(bot) {
      bot.signal('SIGTERM');
      const code = await bot.ended();
      stage.bots.delete(bot);
      return code;
    },
    async close() {
      stage.closed = true;
      for (const bot of [...stage.bots]) stage.kill(bot);
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => way.close(closed));
      await slack.close();
      await dts.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/**
 * Polls ten times per second. The stand-ins' own waits check after every change, which would slow
 * down this process and its answers to the bots.
 */
export async function waitFor<Found>(
  probe: () => Found | undefined | false,
  what: string,
  explain: () => string = () => '',
  patienceMs = 60_000,
): Promise<Found> {
  const latest = performance.now() + patienceMs;
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > latest) throw new Error(`${what}: not in time. ${explain()}`);
    await sleep(100);
  }
}

/**
 * Submits a form. Resolves to true if the person saw the confirmation, and to false if the bot
 * stopped and left an empty modal.
 */
export async function ask(
  { slack }: Stage,
  userId: string,
  jobName: string,
  entries: FormEntries = {},
): Promise<boolean> {
  const person = slack.as(userId);
  while (person.view() !== undefined) await person.dismiss();
  const opened = await person.shortcut('request_migration');
  if (!opened.ok) return false;
  const form = await within(3_000, () => person.view() !== undefined);
  if (!form) return false;
  await fillForm(slack, person, inFormOrder({ ...exampleForm, JobName: jobName, ...entries }));
  const sent = await person.submit();
  if (sent.result !== 'updated') return false;
  const text = () => slack.render(person.view() ?? fail());
  const told = await within(4_000, () => !text().includes(en.sent.sending));
  return told && /#\d+/.test(text());
}

async function within(ms: number, probe: () => boolean): Promise<boolean> {
  const latest = performance.now() + ms;
  while (performance.now() < latest) {
    if (probe()) return true;
    await sleep(25);
  }
  return probe();
}

/** A request as the channel shows it. */
export interface Shown {
  card: Message;
  text: string;
  jobName: string;
  replies: string[];
}

/** Messages don't change; an edit makes a new one. */
const rendered = new WeakMap<Message, string>();

/** All cards of the channel with their threads. */
export function shown({ slack }: Pick<Stage, 'slack'>): Shown[] {
  const cards = new Map<string, Shown>();
  for (const message of slack.messages(DB_MIGRATIONS)) {
    if (message.onlyFor !== undefined) continue;
    const text = rendered.get(message) ?? slack.render(message);
    rendered.set(message, text);
    if (message.threadTs === undefined) {
      const jobName = /Migration #\d+: (\S+)/.exec(text)?.[1];
      if (jobName === undefined) throw new Error(`what is this? ${text}`);
      cards.set(message.ts, { card: message, text, jobName, replies: [] });
    } else cards.get(message.threadTs)?.replies.push(text);
  }
  return [...cards.values()];
}

export const cardOf = (stage: Stage, jobName: string): Message | undefined =>
  shown(stage).find((each) => each.jobName === jobName)?.card;

export const isWaiting = ({ text }: Shown): boolean =>
  saying(en.card.status.waiting(undefined)).test(text);

const ends = {
  created: { card: jobOnCard(), reply: jobInThread() },
  found: { card: jobOnCard(), reply: saying(en.thread.found(anything)) },
  failed: {
    card: saying(en.card.status.failed(anyText)),
    reply: saying(en.operations.create_job.thread.failed),
  },
  unconfirmed: {
    card: saying(en.operations.create_job.status.unconfirmed(anyText)),
    reply: saying(en.operations.create_job.thread.foundNone),
  },
} as const;
type End = keyof typeof ends;
const endNames: readonly End[] = ['created', 'found', 'failed', 'unconfirmed'];

/** How a request ended, according to its card and thread. */
export function endOf({ text, replies }: Shown): End | undefined {
  const last = replies.at(-1) ?? '';
  return endNames.find((name) => ends[name].card.test(text) && ends[name].reply.test(last));
}

/** Calls that may have created a job, without those that DTS rejected. */
export const effectiveCalls = ({ dts }: Pick<Stage, 'dts'>, jobName: string) =>
  dts
    .callsOf('CreateMigrateJob')
    .filter(({ body, verdict }) => nameIn(body) === jobName && verdict.kind !== 'refused');

export function nameIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, 'JobName') : undefined;
}

/**
 * Lists what is wrong in the stand-ins' records, by request. `asked`: how often people requested
 * the call of a request; by default once.
 */
export function audit(
  stage: Pick<Stage, 'slack' | 'dts'>,
  asked: ReadonlyMap<string, number> = new Map(),
): string[] {
  const wrong: string[] = [];
  const all = shown(stage);
  const cards = new Map<string, number>();
  for (const { jobName } of all) cards.set(jobName, (cards.get(jobName) ?? 0) + 1);
  for (const [jobName, count] of cards) if (count > 1) wrong.push(`${jobName}: ${count} cards`);

  const jobsOf = new Map<string, string[]>();
  for (const { jobId, request } of stage.dts.jobs.values()) {
    jobsOf.set(request.JobName, [...(jobsOf.get(request.JobName) ?? []), jobId]);
  }
  for (const jobName of jobsOf.keys()) {
    if (!cards.has(jobName)) wrong.push(`${jobName}: a job without a card`);
  }
  for (const each of all) {
    const say = (what: string) =>
      wrong.push(`${each.jobName}: ${what}\n${each.text}\n${each.replies.join('\n---\n')}\n`);
    const { jobName, replies } = each;
    const jobs = jobsOf.get(jobName) ?? [];
    const times = asked.get(jobName) ?? 1;
    const calls = effectiveCalls(stage, jobName).length;
    const end = endOf(each);
    if (calls > times) say(`${calls} calls`);
    if (jobs.length > 1) say(`${jobs.length} jobs`);
    if (end === undefined) say('no end');
    if (/\[Approve\]/.test(each.text)) say('buttons that outlive their state');
    const doubled = replies.filter((text, index) => replies.indexOf(text) !== index);
    if (doubled.length > 0) say(`told twice: ${doubled.join(' | ')}`);
    const count = (words: RegExp) => replies.filter((text) => words.test(text)).length;
    const expected: [RegExp, number][] = [
      [/ approved\./, 1],
      [jobInThread(), end === 'created' ? 1 : 0],
      [saying(en.thread.found(anything)), end === 'found' ? 1 : 0],
    ];
    for (const [words, times] of expected) {
      if (count(words) !== times) say(`${count(words)} replies with ${words}, not ${times}`);
    }
    if (
      (end === 'found' || end === 'unconfirmed') &&
      count(saying(en.operations.create_job.thread.outcomeUnknown)) < 1
    ) {
      say('no word of the lost answer');
    }
    if (!/ approved\./.test(replies[0] ?? '')) say('replies out of order');
    if (end === 'created' || end === 'found') {
      const named = /dts-\w{8}/.exec(replies.at(-1) ?? '')?.[0];
      if (jobs.length !== 1 || named !== jobs[0]) say(`tells ${named}, DTS has ${jobs}`);
    } else if (end !== undefined && jobs.length > 0) say(`a job nobody was told of: ${jobs}`);
  }
  return wrong;
}

/** Counts how requests ended, for people to read. */
export function tally(stage: Pick<Stage, 'slack'>): string {
  const counts = new Map<string, number>();
  for (const each of shown(stage)) {
    const end = endOf(each) ?? 'no end';
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return [...counts].map(([end, count]) => `${count} ${end}`).join(', ');
}

/** Presses Approve on every waiting card, and again after a while if nothing happened. */
export function startApproving(
  stage: Stage,
  againAfterMs = 5_000,
): { clicks: number; stop(): Promise<void> } {
  const pressed = new Map<string, number>();
  let running = true;
  const state = {
    clicks: 0,
    async stop() {
      running = false;
      await loop;
    },
  };
  const loop = (async () => {
    while (running && !stage.closed) {
      const now = performance.now();
      const due = shown(stage).filter(
        (each) =>
          isWaiting(each) && now - (pressed.get(each.card.ts) ?? -againAfterMs) >= againAfterMs,
      );
      for (const { card } of due) {
        pressed.set(card.ts, now);
        state.clicks += 1;
        // A card that has changed since then has no button.
        stage.slack
          .as(BOB)
          .click(card, 'approve')
          .catch(() => {});
      }
      await sleep(100);
    }
  })();
  return state;
}

/** Waits until all requests with a card have ended. */
export function untilAllEnded(stage: Stage, patienceMs: number): Promise<boolean> {
  return waitFor(
    () => shown(stage).every((each) => endOf(each) !== undefined),
    'an end of every request',
    () =>
      shown(stage)
        .filter((each) => endOf(each) === undefined)
        .map(({ text, replies }) => `${text}\n${replies.join('\n---\n')}`)
        .join('\n=====\n') + [...stage.bots].map(({ output }) => output.slice(-3_000)).join('\n'),
    patienceMs,
  );
}

/** Calls `listener` for each call of Slack's API when it arrives, before it takes effect. */
export function onSlackCall(
  { slack }: Pick<Stage, 'slack'>,
  listener: (call: Call) => void,
): () => void {
  let seen = slack.calls.length;
  return slack.onChange(() => {
    for (; seen < slack.calls.length; seen += 1) {
      const call = slack.calls[seen];
      if (call !== undefined) listener(call);
    }
  });
}

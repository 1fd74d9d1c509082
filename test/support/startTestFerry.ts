import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { approversEnvironment, botEnvironment } from '../../playground/botEnvironment';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  DB_MIGRATIONS,
  type Message,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { type DtsEndpoint, type DtsOptions, startDts } from '../../playground/tencentcloud/index';
import { type Ferry, startFerry } from '../../src/app';
import { readConfig, secretsIn } from '../../src/config';
import { createLog } from '../../src/operations/log';
import { loadPolicyFile } from '../../src/policyFile/loadPolicyFile';
import type { Clock } from '../../src/ports/clock';
import { acceptBlock } from '../../views/requestForm';
import { type FormEntries, inFormOrder } from './aForm';
import { fail } from './fail';
import { manifest } from './manifest';
import { acceptWarnings, fieldsShown, openForm } from './modal';
import { type MovableClock, movableClock } from './movableClock';
import { type PolicyFileContent, writePolicyFile } from './policyFile';
import { migratedPostgresDatabase } from './postgres';
import { everyRow } from './postgresServer';
import { migratedSqliteFile } from './sqlite';
import { unhurriedClock } from './unhurriedClock';
import { en } from './words';

export type Mode = 'socket' | 'http';
export type DatabaseName = 'sqlite' | 'postgres';
export const databases: readonly DatabaseName[] = ['sqlite', 'postgres'];

/** The database of this run's flows. CI runs all flows once on each. */
const flowDatabase: DatabaseName = process.env['FLOWS_ON'] === 'postgres' ? 'postgres' : 'sqlite';
export const flowDatabases: readonly DatabaseName[] = [flowDatabase];

type Environment = Readonly<Record<string, string | undefined>>;

export interface TestOptions {
  mode?: Mode;
  database?: DatabaseName;
  dts?: DtsOptions;
  /** True if people keep the Slack languages of the seed; otherwise they use the bot's. */
  ownLanguages?: boolean;
  /** Bounds how long people wait for lookups. A test of these bounds passes the real clock. */
  machineClock?: Clock;
}

export interface TestFerry {
  slack: SlackWorkspace;
  dts: DtsEndpoint;
  ferry: Ferry;
  /** The bot's clock. */
  clock: MovableClock;
  /** Stops the DTS endpoint, and starts a new one at the same address. */
  disconnectDts(): Promise<void>;
  reconnectDts(): Promise<void>;
  /** The bot's environment. */
  environment(): Environment;
  /** The whole log, at the lowest level. */
  logged(): string;
  /** The bytes of every file next to SQLite's, or every row in PostgreSQL as text. */
  stored(): Promise<Buffer>;
  /** Changes the policy file, and resolves once the bot uses it. */
  adopt(content: PolicyFileContent): Promise<void>;
  /** Stops the bot, and starts it on the same database with changes to its environment. */
  restart(changes?: Environment): Promise<void>;
  /** Starts another bot with the same environment and database. The caller stops it. */
  another(): Promise<Ferry>;
  /**
   * Opens, fills in and submits the form, confirms a job name that is taken, and closes the
   * confirmation.
   */
  send(changes?: FormEntries, by?: string): Promise<void>;
  /** Submits a form. Resolves to the card once it is posted. */
  request(changes?: FormEntries, by?: string): Promise<Message>;
  /** The card of the newest request. */
  card(): Message | undefined;
  /** A card as text, as it is now. */
  shown(card: Message): string;
  /** The replies to a card as text, in order. */
  replies(card: Message): string[];
  /** Resolves once a reply to the card contains `words`. */
  reply(card: Message, words: string | RegExp): Promise<string>;
  stop(): Promise<void>;
}

/** What runs, the newest last. A test that fails stops nothing, so the end of its file does. */
const running = new Set<() => Promise<void>>();
afterAll(async () => {
  const failures: unknown[] = [];
  for (const stop of [...running].reverse()) {
    await stop().catch((error: unknown) => failures.push(error));
  }
  expect(failures).toEqual([]);
});

/** A function that calls `stop` once. If no test calls it, the end of the test file does. */
function stopsOnce(stop: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  const once = (): Promise<void> => {
    running.delete(once);
    stopped ??= stop();
    return stopped;
  };
  running.add(once);
  return once;
}

/** Slack waits ten times as long as well, unless the test is about real bounds. */
const patience = (machineClock: Clock) =>
  machineClock === unhurriedClock ? { ackTimeoutMs: 30_000, triggerLifeMs: 30_000 } : {};

/**
 * The whole bot, started from its environment, with a separate Slack workspace and DTS endpoint.
 */
export async function startTestFerry(
  changes: Environment = {},
  {
    mode = 'socket',
    database = flowDatabase,
    dts: dtsOptions = {},
    ownLanguages = false,
    machineClock = unhurriedClock,
  }: TestOptions = {},
): Promise<TestFerry> {
  // All parts share one clock, because Ferry compares the stand-ins' times with its own.
  const clock = movableClock();
  const now = () => clock.now().getTime();
  const slack = await startSlack({
    ...{ scopes: manifest().scopes, now, leavesTcpOpen: true },
    ...patience(machineClock),
  });
  const closeSlack = stopsOnce(() => slack.close());
  if (!ownLanguages) {
    const locale = changes['DEFAULT_LOCALE'] ?? 'en-US';
    for (const { id } of slack.users) slack.changeUser(id, { locale });
  }
  // The SDK signs with the machine's time, which tests don't advance.
  const ownDts = { now, signatureNow: Date.now, ...dtsOptions };
  let dts = await startDts(ownDts);
  const closeDts = stopsOnce(() => dts.close());
  const { port: dtsPort } = dts;
  const folder = mkdtempSync(join(tmpdir(), 'ferry-test-'));
  const removeFolder = stopsOnce(async () => rmSync(folder, { recursive: true }));
  let environment: Environment = {
    ...botEnvironment(slack, dts, mode),
    SLACK_POSTS_PER_SECOND: '100',
    OPEN_REQUESTS_PER_PERSON: '1000',
    ...approversEnvironment,
    DATABASE_URL:
      database === 'sqlite'
        ? `sqlite:${migratedSqliteFile(folder)}`
        : await migratedPostgresDatabase(),
    PORT: '0',
    ...changes,
  };
  let logged = '';
  const sink = new Writable({
    write(chunk, _, done) {
      logged += String(chunk);
      done();
    },
  });
  const start = async (): Promise<Ferry> => {
    const read = readConfig(environment);
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    const { value: config } = read;
    const log = createLog('debug', { destination: sink, secrets: secretsIn(config) });
    const result = await startFerry(config, {
      ...{ clock, machineClock, log, random: () => 0.5 },
      stopping: new AbortController().signal,
    });
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    const started = { ...result.ferry, stop: stopsOnce(result.ferry.stop) };
    if (mode === 'http') {
      const requestUrl = `http://127.0.0.1:${started.port}/slack/events`;
      slack.deliverTo({ mode: 'http', requestUrl });
    } else {
      await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
    }
    return started;
  };
  let ferry = await start();

  const topLevel = (): readonly Message[] =>
    slack
      .messages(DB_MIGRATIONS)
      .filter(({ threadTs, onlyFor }) => threadTs === undefined && onlyFor === undefined);
  const replies = (card: Message): string[] =>
    slack
      .messages(card.channel)
      .filter(({ threadTs, ts }) => threadTs === card.ts && ts !== card.ts)
      .map((message) => slack.render(message));
  const send = async (values: FormEntries = {}, by = ALICE): Promise<void> => {
    const person = await openForm(slack, by);
    const entries = inFormOrder({ ...exampleForm, ...values });
    await fillForm(slack, person, entries);
    const sent = await person.submit();
    if (sent.result !== 'updated') throw new Error(`not sent: ${JSON.stringify(sent)}`);
    const answered = () => !slack.render(person.view() ?? fail()).includes(en.sent.sending);
    await slack.until(answered, { what: 'the answer in the modal' });
    for (
      let warnings = 1;
      warnings <= 2 && fieldsShown(person).includes(acceptBlock);
      warnings += 1
    ) {
      await acceptWarnings(person);
      await fillForm(slack, person, { 'SrcInfo.Password': entries['SrcInfo.Password'] });
      await person.submit();
      await slack.until(answered, { what: 'the second answer in the modal' });
    }
    await person.dismiss();
  };
  return {
    slack,
    get dts() {
      return dts;
    },
    clock,
    disconnectDts: () => dts.close(),
    async reconnectDts() {
      dts = await startDts({ ...ownDts, port: dtsPort });
    },
    get ferry() {
      return ferry;
    },
    environment: () => environment,
    logged: () => logged,
    async stored() {
      const { DATABASE_URL: url = '' } = environment;
      if (url.startsWith('postgres')) return Buffer.from(await everyRow(url));
      const files = dirname(url.replace('sqlite:', ''));
      return Buffer.concat(readdirSync(files).map((name) => readFileSync(join(files, name))));
    },
    async adopt(content) {
      const { POLICY_FILE: path = '' } = environment;
      writePolicyFile(path, content);
      const read = loadPolicyFile(path);
      if (!read.ok) throw new Error(JSON.stringify(read));
      expect(await ferry.adopt(read.policyFile)).toBeUndefined();
    },
    async restart(changes = {}) {
      environment = { ...environment, ...changes };
      await ferry.stop();
      ferry = await start();
    },
    another: () => start(),
    send,
    async request(values = {}, by = ALICE) {
      const before = topLevel().length;
      await send(values, by);
      return slack.until(() => topLevel()[before], { what: 'the card' });
    },
    card: () => topLevel().at(-1),
    shown: (card) => slack.render(slack.message(card) ?? card),
    replies,
    reply: (card, words) =>
      slack.until(() => replies(card).find((text) => contains(text, words)), {
        what: `a reply with “${words}”`,
      }),
    async stop() {
      await ferry.stop();
      await closeSlack();
      await closeDts();
      await removeFolder();
    },
  };
}

const contains = (text: string, words: string | RegExp): boolean =>
  typeof words === 'string' ? text.includes(words) : words.test(text);

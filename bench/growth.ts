import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { ALICE, BOB, DAN, DB_MIGRATIONS } from '../playground/slack/index';
import { createStore } from '../src/store/createStore';
import type { DatabaseLocation } from '../src/store/database';
import { openDatabase } from '../src/store/openDatabase';
import { now } from './clock';
import { copyRequest, endJobs } from './history';
import type { Row } from './row';
import { clickToCall, interleave, quiet, request, type Side, startSide } from './side';

const few = 1_000;

/** A database with so many ended and waiting requests, and where it is. */
interface Stored {
  location: DatabaseLocation;
  databaseUrl: string;
  ended: number;
  waiting: number;
}

/**
 * One request of each kind is made in Slack; copies of it are the history. The app is stopped, because
 * this process can't answer it while SQLite copies.
 */
async function fill({ databaseUrl, ended, location, waiting }: Stored): Promise<Side> {
  const side = await startSide('ferry', { databaseUrl });
  const card = await request(side, ALICE, 'ended');
  await clickToCall(side, card, 'approve');
  await request(side, ALICE, 'waiting');
  await quiet(side, 3_500);
  await side.app.stop();
  const opened = await openDatabase(location, () => {});
  if (!opened.ok) throw new Error(`the database: ${opened.problem.kind}`);
  await copyRequest(opened.db, location.kind, 1, ended);
  await endJobs(opened.db);
  if (waiting > 0) await copyRequest(opened.db, location.kind, 2, waiting);
  // PostgreSQL counts the rows within minutes. A history never grows so fast.
  if (location.kind === 'postgres') await sql`analyze`.execute(opened.db);
  // Ferry starts only if the newest event of the audit log is a real one.
  const store = createStore(opened.db, location.kind, () => new Date());
  const kept = await store.requests.find(2);
  if (kept === undefined) throw new Error('no second request');
  const event = { type: 'reminded', number: 1 } as const;
  const at = new Date();
  await store.requests.record({ request: kept, state: kept.state, event, by: undefined, at });
  await store.close();
  return side;
}

/** Waits up to a minute for the work after a start, such as the review of waiting requests. */
async function calm(side: Side): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    if ((await idle(side, 500)) < 15) return;
  }
}

const names = [
  'Form submitted to card posted',
  'Approve acknowledged',
  'Approve to CreateMigrateJob',
  'Approve to JobId in the thread',
  'Home tab of an approver',
  'Home tab of a requester',
  '/migrate list of an approver',
  '/migrate list of a requester',
] as const;
type Name = (typeof names)[number];

async function measure(side: Side, index: string): Promise<Record<Name, number>> {
  const { slack } = side;
  // The owner of the history may have more open requests than the limit for one person.
  const card = await request(side, DAN, `growth-${index}`);
  await quiet(side);
  const { acknowledgedMs, at, callMs } = await clickToCall(side, card, 'approve');
  const posted = await slack.until(
    () =>
      slack
        .callsOf('chat.postMessage')
        .find(
          ({ args }) =>
            args['thread_ts'] === card.ts && /dts-\w{8}/.test(JSON.stringify(args['blocks'])),
        ),
    { what: 'the JobId', timeoutMs: 60_000 },
  );
  await quiet(side);
  const home = async (userId: string): Promise<number> => {
    const begun = now();
    await slack.as(userId).openHome();
    const call = await slack.until(() => slack.callsOf('views.publish')[0], {
      what: 'Home',
      timeoutMs: 60_000,
    });
    await quiet(side);
    return call.at - begun;
  };
  const list = async (userId: string): Promise<number> => {
    const person = slack.as(userId);
    const before = person.ephemerals().length;
    const begun = now();
    let answeredAt: number | undefined;
    const ended = slack.onChange(() => {
      if (answeredAt === undefined && person.ephemerals().length > before) answeredAt = now();
    });
    await person.command(DB_MIGRATIONS, '/migrate', 'list');
    await slack.until(() => answeredAt !== undefined, { what: 'the list', timeoutMs: 60_000 });
    ended();
    await quiet(side);
    return (answeredAt ?? Number.NaN) - begun;
  };
  return {
    'Form submitted to card posted': card.postedAt - card.submittedAt,
    'Approve acknowledged': acknowledgedMs,
    'Approve to CreateMigrateJob': callMs,
    'Approve to JobId in the thread': posted.at - at,
    'Home tab of an approver': await home(BOB),
    'Home tab of a requester': await home(ALICE),
    '/migrate list of an approver': await list(BOB),
    '/migrate list of a requester': await list(ALICE),
  };
}

/** The processor time of an app that has nothing to do, in percent of one core. */
async function idle({ app }: Side, forMs: number): Promise<number> {
  const before = app.processorMs();
  await sleep(forMs);
  return ((app.processorMs() - before) / forMs) * 100;
}

/** A place for one more database. */
export type Place = () => Promise<{ location: DatabaseLocation; databaseUrl: string }>;

/** How large the long history is, and how often things are measured. */
export interface GrowthCounts {
  ended: number;
  waiting: number;
  times: number;
  starts: number;
  idleMs: number;
}

/** Everything people wait for, with a long history next to a short one. */
export async function growth(
  database: 'SQLite' | 'PostgreSQL',
  place: Place,
  { ended, idleMs, starts, times, waiting }: GrowthCounts,
): Promise<Row[]> {
  const short = await fill({ ...(await place()), ended: few, waiting: 0 });
  const begun = now();
  const long = await fill({ ...(await place()), ended, waiting });
  const seconds = Math.round((now() - begun) / 1_000);
  process.stderr.write(`${ended + waiting} requests on ${database}: written in ${seconds} s.\n`);
  for (const side of [long, short]) {
    await side.restart();
    await calm(side);
  }
  for (const side of [long, short]) await measure(side, 'warm');
  const samples = await interleave(
    times,
    (index) => measure(long, String(index)),
    (index) => measure(short, String(index)),
  );
  await Promise.all([calm(long), calm(short)]);
  const [ours, theirs] = await Promise.all([idle(long, idleMs), idle(short, idleMs)]);
  const atRest = { ours: [ours], theirs: [theirs] };
  const started = async (side: Side): Promise<number> => {
    await side.restart();
    await quiet(side, 300);
    return side.readyMs;
  };
  const ready = await interleave(
    starts,
    () => started(long),
    () => started(short),
  );
  await Promise.all([long.stop(), short.stop()]);
  const size = `${ended.toLocaleString('en')} requests${waiting > 0 ? `, ${waiting.toLocaleString('en')} waiting` : ''}, ${database}`;
  const nextTo = `${few.toLocaleString('en')} requests`;
  const goal = { kind: 'ratio', p50: waiting > 0 ? 2 : 1.3 } as const;
  return [
    ...names.map((name) => ({
      ...{ what: `${name}: ${size}`, nextTo, unit: 'ms' as const, goal },
      ours: samples.ours.map((sample) => sample[name]),
      theirs: samples.theirs.map((sample) => sample[name]),
    })),
    { what: `Start to ready: ${size}`, nextTo, unit: 'ms' as const, goal, ...ready },
    {
      ...{ what: `Processor when idle: ${size}`, nextTo, unit: '%' as const, ...atRest },
      // The machine counts in hundredths of a second, so a ratio of two small figures says little.
      goal: { kind: 'more', most: 1 },
    },
  ];
}

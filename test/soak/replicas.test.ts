import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { BotProcess } from '../../playground/botProcess';
import { ALICE, BOB, MEI } from '../../playground/slack/index';
import { busiestSecond } from '../support/busiestSecond';
import {
  ask,
  audit,
  cardOf,
  effectiveCalls,
  endOf,
  isShort,
  isWaiting,
  nameIn,
  onSlackCall,
  type Stage,
  shown,
  startStage,
  tally,
  untilAllEnded,
  waitFor,
} from './stage';

const replicas = 8;
const requests = isShort ? 80 : 1_000;
const perSecond = 20;
const patienceMs = 600_000;

let stage: Stage;
afterEach(() => stage.close());

async function startAll(): Promise<BotProcess[]> {
  const started: BotProcess[] = [];
  for (let count = 0; count < replicas; count += 1) started.push(await stage.start());
  return started;
}

/** Lets people submit forms until `wanted` requests are confirmed. Returns their names. */
async function askMany(wanted: number): Promise<string[]> {
  const confirmed: string[] = [];
  let names = 0;
  let underWay = 0;
  const people = Array.from({ length: 12 }, (_, index) =>
    stage.slack.addUser({ name: `asker.${index}`, realName: `Asker ${index}` }),
  );
  await Promise.all(
    people.map(async ({ id }) => {
      while (confirmed.length + underWay < wanted && !stage.closed) {
        names += 1;
        underWay += 1;
        const jobName = `job-${names}`;
        // Replaces a form that was lost with a stopping replica by another one, after a moment,
        // because Slack refuses at once while no replica is connected.
        if (await ask(stage, id, jobName).catch(() => false)) confirmed.push(jobName);
        else await sleep(100);
        underWay -= 1;
      }
    }),
  );
  return confirmed;
}

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** Presses Approve on every waiting card. Each press is delivered to two replicas at once. */
function approveTwice(againAfterMs: number) {
  const firstPress = new Map<string, number>();
  const lastPress = new Map<string, number>();
  let running = true;
  const loop = (async () => {
    while (running && !stage.closed) {
      for (const { card, jobName } of shown(stage).filter(isWaiting)) {
        const now = monotonicMs();
        if (now - (lastPress.get(jobName) ?? Number.NEGATIVE_INFINITY) < againAfterMs) continue;
        if (!firstPress.has(jobName)) firstPress.set(jobName, now);
        lastPress.set(jobName, now);
        const copies = { concurrently: true, envelope: 'new', kind: 'blockActions' } as const;
        stage.slack.redeliverNext(1, copies);
        const by = Math.random() < 0.5 ? BOB : MEI;
        stage.slack
          .as(by)
          .click(card, 'approve')
          .catch(() => {});
      }
      // The records of a thousand requests would fill this process's memory.
      stage.slack.forget();
      await sleep(100);
    }
  })();
  return {
    firstPress,
    async stop() {
      running = false;
      await loop;
    },
  };
}

function figures(name: string, begunMs: number, firstPress: ReadonlyMap<string, number>): void {
  const calls = stage.dts.callsOf('CreateMigrateJob');
  const waits: number[] = [];
  for (const [jobName, pressed] of firstPress) {
    const call = calls.find(({ body }) => nameIn(body) === jobName);
    if (call !== undefined) waits.push(call.atMonotonicMs - pressed);
  }
  waits.sort((a, b) => a - b);
  const at = (part: number) => Math.round(waits[Math.floor(part * (waits.length - 1))] ?? 0);
  const times = calls.map(({ atMonotonicMs }) => atMonotonicMs);
  const spanSeconds = (Math.max(...times) - Math.min(...times)) / 1_000;
  const refused = calls.filter(({ verdict }) => verdict.kind === 'refused').length;
  process.stdout.write(
    `${name}: ${shown(stage).length} requests in ${Math.round((monotonicMs() - begunMs) / 1_000)} s: ${tally(stage)}; ` +
      `${calls.length} calls (${refused} refused), ${stage.dts.jobs.size} jobs, ${(calls.length / spanSeconds).toFixed(1)} calls/s, ` +
      `at most ${busiestSecond(stage.dts.callsOf('CreateMigrateJob'))} in a second; click to call p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`,
  );
}

it(`${replicas} replicas create one job for each of ${requests} requests`, async () => {
  stage = await startStage('postgres');
  await startAll();
  const begun = monotonicMs();
  const approving = approveTwice(60_000);
  const asked = await askMany(requests);
  expect(asked).toHaveLength(requests);
  await waitFor(() => shown(stage).length >= requests, 'every card', undefined, patienceMs);
  await untilAllEnded(stage, patienceMs);
  await sleep(2_000);
  await approving.stop();
  figures('replicas', begun, approving.firstPress);
  expect(audit(stage)).toEqual([]);
  // A form with a late response was submitted again under another name, so there may be more cards
  // than requested. The audit checks that names are unique.
  const names = shown(stage).map(({ jobName }) => jobName);
  expect(names).toEqual(expect.arrayContaining(asked));
  expect(stage.dts.jobs.size).toBe(names.length);
  expect(busiestSecond(stage.dts.callsOf('CreateMigrateJob'))).toBeLessThanOrEqual(perSecond);
  expect(stage.slack.mistakes).toEqual([]);
});

it(`${replicas} replicas do the same while some are killed`, async () => {
  stage = await startStage('postgres', { DTS_TIMEOUT_SECONDS: '10', DTS_SETTLE_SECONDS: '10' });
  const bots = await startAll();
  const begun = monotonicMs();
  const approving = approveTwice(30_000);
  let killing = true;
  let kills = 0;
  const chaos = (async () => {
    while (killing && !stage.closed) {
      await sleep(500 + Math.random() * 2_000);
      const index = Math.floor(Math.random() * bots.length);
      const bot = bots[index];
      if (bot === undefined || !killing) continue;
      stage.kill(bot);
      kills += 1;
      await sleep(Math.random() * 1_000);
      bots[index] = await stage.start();
    }
  })();
  const asked = await askMany(requests);
  await waitFor(
    () => shown(stage).filter((each) => !isWaiting(each)).length >= requests * 0.9,
    'approvals',
    undefined,
    patienceMs,
  );
  killing = false;
  await chaos;
  await waitFor(
    () => {
      const cards = new Set(shown(stage).map(({ jobName }) => jobName));
      return asked.every((jobName) => cards.has(jobName));
    },
    'a card for every request that was confirmed',
    undefined,
    patienceMs,
  );
  await untilAllEnded(stage, patienceMs);
  await sleep(2_000);
  await approving.stop();
  figures(`replicas, ${kills} killed`, begun, approving.firstPress);
  expect(audit(stage)).toEqual([]);
  expect(busiestSecond(stage.dts.callsOf('CreateMigrateJob'))).toBeLessThanOrEqual(perSecond);
  expect(stage.slack.mistakes).toEqual([]);
});

it('two replicas lose no click or form during a rolling restart under load', async () => {
  // Slack's three seconds are too short for a machine that is busy with this test.
  const patient = { ackTimeoutMs: 30_000, triggerLifeMs: 30_000 };
  stage = await startStage('postgres', {}, {}, patient);
  const bots = [await stage.start(), await stage.start()];
  const wanted = isShort ? 40 : 300;
  let clicks = 0;
  const pressed = new Set<string>();
  let approving = true;
  /** Presses each button once, and again only if Slack showed the person an error. */
  const pressing = (async () => {
    while (approving && !stage.closed) {
      for (const { card, jobName } of shown(stage).filter(isWaiting)) {
        if (pressed.has(jobName)) continue;
        pressed.add(jobName);
        stage.slack
          .as(BOB)
          .click(card, 'approve')
          .then(
            ({ ok }) => ok,
            () => false,
          )
          .then((isAcknowledged) => {
            if (isAcknowledged) clicks += 1;
            else pressed.delete(jobName);
          });
      }
      await sleep(20);
    }
  })();
  let asking = true;
  let restarts = 0;
  const codes = new Set<number | undefined>();
  const rolling = (async () => {
    while (asking && !stage.closed) {
      for (const [index, bot] of bots.entries()) {
        codes.add(await stage.stop(bot));
        bots[index] = await stage.start();
        restarts += 1;
      }
    }
  })();
  const asked: string[] = [];
  const people = Array.from({ length: 4 }, (_, index) =>
    stage.slack.addUser({ name: `roller.${index}`, realName: `Roller ${index}` }),
  );
  await Promise.all(
    people.map(async ({ id }) => {
      let mine = 0;
      for (let count = 0; mine < wanted / people.length || restarts < 4; count += 1) {
        const jobName = `rolling-${id}-${count}`;
        if (await ask(stage, id, jobName)) {
          mine += 1;
          asked.push(jobName);
        }
      }
    }),
  );
  asking = false;
  await rolling;
  const { deliveries } = stage.slack;
  // On a slow machine, more forms are stored than people saw confirmed in time.
  const sent = deliveries.filter(
    ({ kind, outcome }) => kind === 'viewSubmission' && outcome.kind === 'acknowledged',
  ).length;
  await waitFor(
    () => shown(stage).length >= sent && stage.dts.jobs.size === shown(stage).length,
    'a job for every form',
    () => `${sent} forms: ${tally(stage)}`,
    patienceMs,
  );
  await untilAllEnded(stage, patienceMs);
  approving = false;
  await pressing;
  /** What Slack showed an error for. It delivers events again. */
  const lost = deliveries.filter(
    ({ kind, outcome }) => kind !== 'event' && outcome.kind !== 'acknowledged',
  );
  process.stdout.write(
    `rolling restart: ${restarts} restarts, ${sent} forms, ${clicks} clicks, ` +
      `${stage.dts.jobs.size} jobs, ${lost.length} of ${deliveries.length} deliveries lost\n`,
  );
  expect(lost.map(({ kind, outcome }) => ({ kind, outcome }))).toEqual([]);
  expect([...codes]).toEqual([0]);
  // Slack showed no error for these clicks and forms, so each of them took effect.
  const names = shown(stage).map(({ jobName }) => jobName);
  expect(names).toEqual(expect.arrayContaining(asked));
  expect(clicks).toBeGreaterThanOrEqual(names.length);
  expect(audit(stage)).toEqual([]);
  expect(stage.slack.mistakes).toEqual([]);
});

it('a replica that is paused for longer than its leases does no harm when it wakes up', async () => {
  stage = await startStage('postgres', {
    // One call waits at DTS, and others are made.
    DTS_CALLS_PER_SECOND: '2',
    DTS_TIMEOUT_SECONDS: '5',
    DTS_SETTLE_SECONDS: '30',
  });
  const { slack, dts } = stage;
  const paused = await stage.start();
  const names = ['calling', 'claiming', 'posting', 'replying', 'saving'] as const;
  for (const name of names) expect(await ask(stage, ALICE, name)).toBe(true);
  await waitFor(
    () => shown(stage).length === names.length && shown(stage).every(isWaiting),
    'the cards',
  );
  const approve = async (jobName: string) => {
    const card = cardOf(stage, jobName);
    if (card === undefined) throw new Error(`no card of ${jobName}`);
    await slack.as(BOB).click(card, 'approve');
  };
  const lock = await lockable();

  // Its call waits at DTS.
  const hold = dts.next({ kind: 'hold' });
  await approve('calling');
  await hold.arrived;
  // It waits before it saves that it will replace a deleted card.
  const gone = cardOf(stage, 'saving');
  if (gone === undefined) throw new Error('no card of saving');
  slack.deleteMessage(gone);
  const ignore = onSlackCall(stage, ({ method, args }) => {
    if (method !== 'chat.update' || args['ts'] !== gone.ts) return;
    ignore();
    slack.faults.next(method, { kind: 'slow', ms: 2_500 });
  });
  await slack.as(BOB).clickStale(gone, 'approve');
  await waitFor(() => dts.callsOf('CreateMigrateJob').length === 2, 'the second call');
  await lock.take('announcements', 'saving');
  // It waits before it claims a request, with an open transaction.
  await approve('claiming');
  await waitFor(
    () => shown(stage).some((each) => each.jobName === 'claiming' && !isWaiting(each)),
    'the approval',
  );
  await lock.take('requests', 'claiming');
  await sleep(1_500);
  // Its reply is in transit.
  const stopped = new Promise<void>((resolve) => {
    const untrap = onSlackCall(stage, (call) => {
      const { ts } = cardOf(stage, 'replying') ?? {};
      if (call.method !== 'chat.postMessage' || call.args['thread_ts'] !== ts) return;
      untrap();
      paused.signal('SIGSTOP');
      resolve();
    });
  });
  await approve('replying');
  await stopped;
  await lock.release();

  const other = await stage.start();
  await sleep(12_000);
  hold.release();
  await waitFor(
    () =>
      names
        .filter((name) => name !== 'posting')
        .every((name) => shown(stage).some((each) => each.jobName === name && endOf(each))),
    'the end of what the paused one left',
    () => `${JSON.stringify(shown(stage), undefined, 1)} ${other.output}`,
    120_000,
  );
  paused.signal('SIGCONT');
  await sleep(15_000);
  await approve('posting');
  await untilAllEnded(stage, 60_000);
  await sleep(2_000);
  expect(audit(stage)).toEqual([]);
  expect(shown(stage)).toHaveLength(names.length);
  for (const name of names) expect(effectiveCalls(stage, name)).toHaveLength(1);
  expect(paused.exitCode).toBeUndefined();
  expect(slack.mistakes).toEqual([]);
});

/** Locks rows of the bot's database for a while. */
async function lockable() {
  const client = new Client({ connectionString: stage.databaseUrl });
  await client.connect();
  await client.query('begin');
  return {
    async take(table: 'requests' | 'announcements', jobName: string) {
      const key = table === 'requests' ? 'id' : 'request_id';
      await client.query(
        `select 1 from ${table} where ${key} = (select id from requests where job_name = $1) for update`,
        [jobName],
      );
    },
    async release() {
      await client.query('rollback');
      await client.end();
    },
  };
}

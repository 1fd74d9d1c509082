import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { Secret } from '../../src/domain/secrets/secret';
import { systemClock } from '../../src/operations/systemClock';
import type { Clock } from '../../src/ports/clock';
import type { Sending } from '../../src/ports/migrationService';
import type { Database } from '../../src/store/database';
import { openDatabase } from '../../src/store/openDatabase';
import { createRateLimits } from '../../src/store/rateLimits';
import type { CloudAccount } from '../../src/tencentcloud/callCloud';
import { createMigrateJob } from '../../src/tencentcloud/createMigrateJob';
import { findJobsNamed } from '../../src/tencentcloud/findJobs';
import { createCallPace } from '../../src/workflow/callPace';
import { accountAt } from '../support/accountAt';
import { aDatabase } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { busiestSecond, stall } from '../support/busiestSecond';
import { sendsNow } from '../support/sendsNow';
import { silentLog } from '../support/silentLog';
import { databases } from '../support/startTestFerry';

const secrets = { 'SrcInfo.Password': new Secret('canary-Pa55word') };
const callsPerSecond = 20;
/** Ferry stays 20% below the limit. */
const spacingMs = 62.5;

describe.each(databases)('on %s, calls of DTS', (name) => {
  let folder: string;
  let dts: DtsEndpoint;
  let opened: Database[];
  /** One per process. They share the database. */
  let accounts: CloudAccount[];
  /** When each call passed its pace. A busy machine delays its arrival at DTS. */
  let passed: { action: string; atMonotonicMs: number }[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-pace-'));
    dts = await startDts({ callsPerSecond: 1_000 });
    opened = [];
    accounts = [];
    passed = [];
    const location = await aDatabase(name, folder);
    for (let replica = 0; replica < (name === 'sqlite' ? 1 : 4); replica += 1) {
      const { db } = { db: undefined, ...(await openDatabase(location, () => {})) };
      if (db === undefined) throw new Error('no database');
      opened.push(db);
      const rateLimits = createRateLimits(db, name);
      const pace = createCallPace({
        clock: systemClock,
        log: silentLog,
        rateLimits,
        callsPerSecond,
      });
      accounts.push({
        ...accountAt(dts.host),
        async pace(action, ...rest) {
          await pace(action, ...rest);
          passed.push({ action, atMonotonicMs: performance.now() });
        },
      });
    }
  });
  afterEach(async () => {
    await dts.close();
    await Promise.all(opened.map((db) => db.destroy()));
    rmSync(folder, { recursive: true });
  });

  const create = (
    index: number,
    abandon = new AbortController().signal,
    mayBegin: Sending['mayBegin'] = sendsNow.mayBegin,
  ) => {
    const account = accounts[index % accounts.length] ?? accountAt(dts.host);
    const parameters = { ...aDraft().parameters, JobName: `job-${index}` };
    const sending = { ...sendsNow, mayBegin };
    return createMigrateJob(account, parameters, secrets, abandon, sending);
  };
  const passedFor = (action: string) => passed.filter((call) => call.action === action);
  /** Each call of an action that DTS got passed the pace, within the limit. */
  const expectWithinLimit = (action: string) => {
    expect(passedFor(action)).toHaveLength(dts.callsOf(action).length);
    expect(busiestSecond(passedFor(action))).toBeLessThanOrEqual(callsPerSecond);
  };

  it('use every turn if they are made all at once', async () => {
    const [db] = opened;
    if (db === undefined) throw new Error('no database');
    // Time passes only while a call waits, so a busy machine can't make a turn late.
    const startMs = Date.now();
    let nowMs = startMs;
    const clock: Clock = {
      now: () => new Date(nowMs),
      async sleepUntil(at) {
        nowMs = Math.max(nowMs, at.getTime());
      },
    };
    const rateLimits = createRateLimits(db, name);
    const pace = createCallPace({ clock, log: silentLog, rateLimits, callsPerSecond });
    const turns: number[] = [];
    const call = async () => {
      await pace('CreateMigrateJob', new AbortController().signal, async () => true);
      turns.push(nowMs);
    };
    await Promise.all(Array.from({ length: 90 }, call));
    const inTurn = turns.map((_, index) => startMs + Math.ceil(index * spacingMs));
    for (const [index, atMs] of turns.entries()) {
      // A turn may be used a little early or late, but the next ones are not delayed.
      expect(Math.abs(atMs - (inTurn[index] ?? 0))).toBeLessThanOrEqual(spacingMs / 2);
    }
  });

  it('keep the limit if they are made all at once', async () => {
    const calls = Array.from({ length: 60 }, (_, index) => create(index));
    for (const { kind } of await Promise.all(calls)) expect(kind).toBe('done');
    expectWithinLimit('CreateMigrateJob');
  });

  it('keep the limit in every second around a stall', async () => {
    const calls = Array.from({ length: 70 }, (_, index) => create(index));
    for (const ms of [600, 1_500, 150, 900]) {
      await sleep(310);
      stall(ms);
    }
    const outcomes = await Promise.all(calls);
    expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
    expectWithinLimit('CreateMigrateJob');
  });

  it('have a limit for each action, including lists', async () => {
    const calls = Array.from({ length: 25 }, (_, index) => [
      create(index),
      findJobsNamed(
        accounts[0] ?? accountAt(dts.host),
        'ap-shanghai',
        `job-${index}`,
        new AbortController().signal,
      ),
    ]);
    await Promise.all(calls.flat());
    for (const action of ['CreateMigrateJob', 'DescribeMigrateJobs']) {
      expect(dts.callsOf(action).length).toBeGreaterThanOrEqual(25);
      expectWithinLimit(action);
    }
  });

  it('send nothing if their turn comes too late', async () => {
    const abandon = new AbortController();
    const outcomes = [...Array(10).keys()].map((index) => create(index, abandon.signal));
    await dts.until(() => dts.callsOf('CreateMigrateJob').length === 3, { what: 'three calls' });
    abandon.abort();
    for (const outcome of await Promise.all(outcomes)) {
      if (outcome.kind === 'failed') expect(outcome.problem).toMatchObject({ kind: 'not_sent' });
    }
    const unsent = (await Promise.all(outcomes)).filter(({ kind }) => kind === 'failed');
    await sleep(3 * spacingMs);
    expect(unsent).toHaveLength(10 - dts.callsOf('CreateMigrateJob').length);
    expect(unsent.length).toBeGreaterThan(4);
  });

  it('send nothing if they may no longer be sent', async () => {
    const asked: number[] = [];
    const outcome = await create(0, undefined, async () => {
      asked.push(dts.calls.length);
      return false;
    });
    expect(outcome).toMatchObject({ kind: 'failed', problem: { kind: 'not_sent' } });
    expect(asked).toEqual([0]);
    expect(dts.calls).toEqual([]);
  });
});

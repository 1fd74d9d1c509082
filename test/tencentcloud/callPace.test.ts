import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { Secret } from '../../src/domain/secrets/secret';
import { silentLog } from '../../src/operations/log';
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
import { databases } from '../support/startTestFerry';

const secrets = { 'SrcInfo.Password': new Secret('canary-Pa55word') };
const callsPerSecond = 5;
const longestCallMs = 60_000;

describe.each(databases)('on %s, calls of DTS', (name) => {
  let folder: string;
  let dts: DtsEndpoint;
  let opened: Database[];
  /** One per process. They share the database. */
  let accounts: CloudAccount[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-pace-'));
    dts = await startDts({ callsPerSecond: 1_000 });
    opened = [];
    accounts = [];
    const location = await aDatabase(name, folder);
    for (let replica = 0; replica < (name === 'sqlite' ? 1 : 4); replica += 1) {
      const { db } = { db: undefined, ...(await openDatabase(location, () => {})) };
      if (db === undefined) throw new Error('no database');
      opened.push(db);
      const rateLimits = createRateLimits(db, name);
      const surroundings = { clock: systemClock, log: silentLog };
      const { pace } = createCallPace({
        ...surroundings,
        rateLimits,
        callsPerSecond,
        longestCallMs,
      });
      accounts.push({ ...accountAt(dts.host), pace });
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
  const many = (count: number, abandon?: AbortSignal) =>
    Array.from({ length: count }, (_, index) => create(index, abandon));
  const busiest = (action: string) => busiestSecond(dts.callsOf(action));

  it('use every slot if they are made all at once', async () => {
    const [db] = opened;
    if (db === undefined) throw new Error('no database');
    // Time passes only while a call waits, so a busy machine can't make a call late.
    const startMs = Date.now();
    let nowMs = startMs;
    const clock: Clock = {
      now: () => new Date(nowMs),
      async sleepUntil(at) {
        await idle();
        nowMs = Math.max(nowMs, at.getTime());
      },
    };
    const rateLimits = createRateLimits(db, name);
    const surroundings = { clock, log: silentLog };
    const { idle, pace } = createCallPace({
      ...surroundings,
      rateLimits,
      callsPerSecond,
      longestCallMs,
    });
    const begun: number[] = [];
    const call = async () => {
      const end = await pace('CreateMigrateJob', new AbortController().signal, async () => true);
      begun.push(nowMs - startMs);
      end();
    };
    await Promise.all(Array.from({ length: 3 * callsPerSecond }, call));
    const second = (ms: number) => Array(callsPerSecond).fill(ms);
    expect(begun).toEqual([...second(0), ...second(1_001), ...second(2_002)]);
  });

  it('keep the limit if they are made all at once', async () => {
    for (const { kind } of await Promise.all(many(8))) expect(kind).toBe('done');
    expect(dts.callsOf('CreateMigrateJob')).toHaveLength(8);
    expect(busiest('CreateMigrateJob')).toBe(callsPerSecond);
  });

  it('keep the limit in every second around stalls and slow responses', async () => {
    for (const ms of [700, 5, 450, 900]) dts.next({ kind: 'slow', ms });
    const calls = many(11);
    for (const ms of [150, 1_200]) {
      await sleep(310);
      stall(ms);
    }
    for (const { kind } of await Promise.all(calls)) expect(kind).toBe('done');
    expect(busiest('CreateMigrateJob')).toBeLessThanOrEqual(callsPerSecond);
  });

  it('have a limit for each action, including lists', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `job-${index}`);
    const [account = accountAt(dts.host)] = accounts;
    const never = new AbortController().signal;
    await Promise.all([
      ...many(names.length),
      ...names.map((each) => findJobsNamed(account, 'ap-shanghai', each, never)),
    ]);
    for (const action of ['CreateMigrateJob', 'DescribeMigrateJobs']) {
      expect(dts.callsOf(action).length).toBeGreaterThanOrEqual(names.length);
      expect(busiest(action)).toBeLessThanOrEqual(callsPerSecond);
    }
  });

  it('free their slots if they end without a response', async () => {
    const abandon = new AbortController();
    dts.next({ kind: 'reset', when: 'before' });
    dts.next({ kind: 'noAnswer', when: 'before' }, { times: callsPerSecond - 1 });
    const unanswered = many(callsPerSecond, abandon.signal);
    const arrived = () => dts.callsOf('CreateMigrateJob').length;
    await dts.until(() => arrived() === callsPerSecond, { what: 'the calls' });
    abandon.abort();
    for (const { kind } of await Promise.all(unanswered)) expect(kind).toBe('unknown');
    for (const { kind } of await Promise.all(many(callsPerSecond))) expect(kind).toBe('done');
    expect(busiest('CreateMigrateJob')).toBeLessThanOrEqual(callsPerSecond);
  });

  it('send nothing if they get no slot in time', async () => {
    const abandon = new AbortController();
    dts.next({ kind: 'noAnswer', when: 'before' }, { times: callsPerSecond });
    const calls = many(callsPerSecond + 3, abandon.signal);
    const arrived = () => dts.callsOf('CreateMigrateJob').length;
    await dts.until(() => arrived() === callsPerSecond, { what: 'the first calls' });
    abandon.abort();
    const unsent = (await Promise.all(calls)).filter(({ kind }) => kind === 'failed');
    expect(unsent).toHaveLength(3);
    for (const outcome of unsent) expect(outcome).toMatchObject({ problem: { kind: 'not_sent' } });
    await sleep(1_100);
    expect(arrived()).toBe(callsPerSecond);
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { followed } from '../../src/domain/job/followed';
import { watchedJobOf } from '../../src/domain/request/watch';
import { Secret } from '../../src/domain/secrets/secret';
import { silentLog } from '../../src/operations/log';
import type { Clock } from '../../src/ports/clock';
import type { Directory } from '../../src/ports/directory';
import { createStore } from '../../src/store/createStore';
import { createMigrationService } from '../../src/tencentcloud/migrationService';
import { type FollowContext, follow } from '../../src/workflow/follow';
import { accountAt } from './accountAt';
import { aDatabase, openOrFail } from './aDatabase';
import { aDraft } from './aForm';
import { aRule } from './aRule';
import { testStart } from './movableClock';
import { sendsNow } from './sendsNow';
import { storedOf } from './storedOf';

const folder = mkdtempSync(join(tmpdir(), 'ferry-follow-'));
let dts: DtsEndpoint;
let now = testStart.getTime();
/** A clock on which a sleep takes no time. */
const clock: Clock = {
  now: () => new Date(now),
  async sleepUntil(at) {
    now = Math.max(now, at.getTime());
  },
};

beforeAll(async () => {
  dts = await startDts({ now: () => now, signatureNow: Date.now, callsPerSecond: 100_000 });
});
afterAll(async () => {
  await dts.close();
  rmSync(folder, { recursive: true });
});

/** Longer than any running job may go without being read. In ms. */
const followedMs = 150_000;

/** The version that knows a job. */
const apiOf = (index: number) => (index % 2 === 0 ? '2018-03-30' : '2021-12-06');
/** Nothing depends on people here. */
const directory: Directory = {
  isAmong: async () => 'unknown',
  person: async () => ({ name: '', standing: 'unknown' }),
  standing: async () => 'unknown',
  sees: async () => 'unknown',
};

/**
 * Follows so many running jobs, a fifth of them watched and half of them in each version. Expects at
 * most one call a second.
 */
export async function followJobs(running: number): Promise<void> {
  const db = await openOrFail(await aDatabase('sqlite', folder));
  const { jobs, rateLimits, requests, watches } = createStore(db, 'sqlite', clock.now);
  const service = createMigrationService(accountAt(dts.host));
  const context: FollowContext = {
    clock,
    directory,
    ending: new AbortController().signal,
    jobs,
    log: silentLog,
    policy: () => ({ rules: [], otherwise: aRule() }),
    metrics: { measure() {} },
    rateLimits,
    service,
    store: requests,
    wakeAnnouncer() {},
    wakeLauncher() {},
    watches,
  };
  const secrets = { 'SrcInfo.Password': new Secret('a-password') };
  const { parameters } = aDraft({ 'MigrateOption.MigrateType': '3' });
  const by = { userId: 'U2', name: 'Approver' };
  for (let count = 0; count < running; count += 1) {
    const never = new AbortController().signal;
    const made = await service.createMigrateJob(parameters, secrets, never, sendsNow);
    if (made.kind !== 'done') throw new Error(JSON.stringify(made));
    const { jobId } = made.result;
    const api = apiOf(count);
    dts.controls.setKnownTo(jobId, [api]);
    if (count % 5 === 4) {
      const place = { jobId, region: parameters.DstInfo.Region };
      const look = await service.observeJob({ ...place, api: undefined }, never);
      if (look.kind !== 'seen') throw new Error(JSON.stringify(look));
      const userId = `W${Math.floor(count / 50)}`;
      const added = await watches.add({
        ...{ origin: `V${count}`, channel: 'C1', rule: aRule(), at: clock.now() },
        requester: { userId, name: userId },
        watched: watchedJobOf(place, look.settings),
        job: followed(undefined, look.job, clock.now()),
      });
      expect(added.kind).toBe('stored');
      continue;
    }
    const request = storedOf(
      await requests.add(
        {
          ...{
            origin: `V${count}`,
            parameters,
            reason: 'why',
            secrets: {},
            observed: {},
            sealed: {},
          },
          ...{ rule: aRule(), requester: { userId: 'U1', name: 'Asker' }, askedIn: undefined },
          at: clock.now(),
        },
        running,
      ),
    );
    const approval = { by, at: clock.now(), revision: 1, from: [], confirmed: false };
    await requests.record({
      request,
      state: { status: 'created', approvals: [approval], jobId, at: clock.now() },
      event: { type: 'created', how: 'answered', jobId },
      by: undefined,
      at: clock.now(),
    });
  }
  now += 5_000;
  for (const id of dts.jobs.keys()) dts.controls.act(id, { action: 'check' });
  now += 60_000;
  for (const id of dts.jobs.keys()) dts.controls.act(id, { action: 'start' });

  const look = async (until: number) => {
    while (now < until) {
      const { ids, next } = await jobs.due(clock.now(), []);
      if (ids.length > 0) await follow(context);
      else now = Math.min(until, Math.max(now + 100, next?.getTime() ?? until));
    }
  };
  // The first read of each job shows which version of the API knows it.
  await look(now + (running + 100) * 1_000);
  const before = dts.calls.length;
  const began = now;
  const heap = process.memoryUsage().heapUsed;
  await look(began + followedMs);
  const calls = dts.calls.slice(before);
  expect(calls.length).toBeGreaterThan(5);
  // The last round may end later.
  expect(calls.length).toBeLessThanOrEqual((now - began) / 1_000);
  const actions = new Set(calls.map(({ action }) => action));
  for (const list of ['DescribeMigrateJobs', 'DescribeMigrationJobs']) {
    expect(actions).toContain(list);
  }
  const seconds = calls.map(({ at }) => Math.floor(at / 1_000));
  expect(new Set(seconds).size).toBe(seconds.length);
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(200_000_000);
  const ids = [1, 2, running - 5, running];
  const seen = await Promise.all(ids.map((id) => requests.announced(id)));
  const created = { state: { status: 'created' } };
  const watching = { state: { status: 'watching' } };
  expect(seen).toMatchObject([created, created, watching, watching]);
  expect(seen.map((each) => each?.job?.status)).toEqual(Array(4).fill('running'));
  expect(seen.map((each) => each?.job?.api)).toEqual(ids.map((id) => apiOf(id - 1)));
  const stale = seen.filter((each) => (each?.job?.seenAt.getTime() ?? 0) < now - 120_000);
  expect(stale).toEqual([]);

  // Without the permission for the list, Ferry reads each job.
  const code = 'UnauthorizedOperation.NotEnoughPrivileges';
  dts.next({ kind: 'code', code }, { action: 'DescribeMigrationJobs', times: running });
  const revoked = now;
  await look(revoked + (running + 60) * 1_000);
  const last = await requests.announced(running);
  expect(last?.job?.seenAt.getTime()).toBeGreaterThan(revoked + 60_000);

  // A process that stops begins no further call, and another one can follow the rest at once.
  now += 3_600_000;
  const stopping = new AbortController();
  let reads = 0;
  const stopped: FollowContext = {
    ...context,
    ending: stopping.signal,
    service: {
      listJobs: async () => ({
        kind: 'failed',
        problem: { kind: 'refused', code, message: '', requestId: '' },
      }),
      async observeJob(...about) {
        const look = await service.observeJob(...about);
        // Once an hour, Ferry also asks the newer version for the jobs that only the older one knows.
        if (look.kind === 'seen' && look.job.status !== 'deleted') reads += 1;
        if (reads === 3) stopping.abort();
        return look;
      },
    },
  };
  await follow(stopped);
  expect(reads).toBe(3);
  const left = await jobs.claimDue(clock.now(), new Date(now + 60_000));
  expect(left).toHaveLength(running - reads);
  await db.destroy();
}

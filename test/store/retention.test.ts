import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FollowedJob } from '../../src/domain/job/followed';
import { jobStatuses, nextLook, phaseOf, unstarted } from '../../src/domain/job/job';
import { createStore } from '../../src/store/createStore';
import type { Database } from '../../src/store/database';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';
import { storedOf } from '../support/storedOf';

const day = 86_400_000;
const began = new Date('2026-05-04T10:00:00Z');
const onDay = (days: number) => new Date(began.getTime() + days * day);
const kept = 30 * day;
const past = (now: Date) => new Date(now.getTime() - kept);

describe.each(databases)('retention on %s', (database) => {
  let folder: string;
  let db: Database;
  let store: ReturnType<typeof createStore>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-retention-'));
    db = await openOrFail(await aDatabase(database, folder));
    store = createStore(db, database, () => began);
  });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  const by = { userId: 'U2', name: 'Approver' };
  const approval = { by, at: began, revision: 1, from: [], confirmed: false };
  let count = 0;
  /** A request whose job was created at the beginning. */
  async function aCreated() {
    count += 1;
    const { requests } = store;
    const request = storedOf(
      await requests.add(
        {
          ...{ origin: `V${count}`, parameters: aDraft().parameters, reason: 'why' },
          ...{ secrets: {}, observed: {}, sealed: {}, rule: aRule(), askedIn: undefined },
          requester: { userId: 'U1', name: 'Asker' },
          at: began,
        },
        1_000,
      ),
    );
    const jobId = `dts-${count}`;
    const created = await requests.record({
      request,
      state: { status: 'created', approvals: [approval], jobId, at: began },
      event: { type: 'created', how: 'answered', jobId },
      by: undefined,
      at: began,
    });
    if (created === undefined) throw new Error('not recorded');
    return created;
  }

  const aJob = (status: FollowedJob['status'], since: Date, seenAt: Date): FollowedJob => ({
    ...{ api: '2021-12-06', status, said: status, steps: [], errors: [] },
    ...{ since, seenAt },
  });
  const isPast = async (id: number, now: Date) =>
    (await store.retention.ended(past(now))).some((ended) => ended.id === id);

  it.each(jobStatuses)('judges a request by its job with status %s', async (status) => {
    const request = await aCreated();
    // The job got its status after 10 days, and Ferry read it until day 100.
    const job = aJob(status, onDay(10), onDay(100));
    await store.jobs.save(request, job, nextLook(job, onDay(100)));
    expect(await isPast(request.id, onDay(39))).toBe(false);
    const hasEnded =
      phaseOf(status) === 'ended' || status === 'failed' || unstarted.includes(status);
    expect(await isPast(request.id, onDay(41))).toBe(hasEnded);
    expect(await isPast(request.id, onDay(100))).toBe(hasEnded);
    // Since day 100, Ferry could no longer read it.
    expect(await isPast(request.id, onDay(129))).toBe(hasEnded);
    expect(await isPast(request.id, onDay(131))).toBe(true);
  });

  it('deletes a request with a job that Ferry could never read', async () => {
    const request = await aCreated();
    expect(await isPast(request.id, onDay(29))).toBe(false);
    expect(await isPast(request.id, onDay(31))).toBe(true);
  });

  it('keeps a denied request while its job exists, which is counted as open', async () => {
    const request = await aCreated();
    const denied = { status: 'denied', by, at: onDay(1), reason: 'no' } as const;
    const discarding = {
      status: 'discarding',
      jobId: 'dts-1',
      at: onDay(1),
      next: denied,
    } as const;
    const change = { by, at: onDay(1), event: { type: 'denied', reason: 'no' } } as const;
    const begun = await store.requests.record({ ...change, request, state: discarding });
    if (begun === undefined) throw new Error('not recorded');
    expect(await isPast(request.id, onDay(99))).toBe(false);
    expect((await store.workload(onDay(99))).requests).toContainEqual({
      state: 'discarding',
      count: 1,
    });
    // As an earlier version stored it.
    const ended_at = onDay(1).toISOString();
    await db.updateTable('requests').set({ ended_at }).where('id', '=', request.id).execute();
    expect(await isPast(request.id, onDay(99))).toBe(false);
    await store.requests.record({ ...change, request: begun, state: denied });
    expect(await isPast(request.id, onDay(30))).toBe(false);
    expect(await isPast(request.id, onDay(32))).toBe(true);
  });

  it("deletes a job's row with its request, and no other row", async () => {
    const [ended, running] = [await aCreated(), await aCreated()];
    await store.jobs.save(ended, aJob('success', began, began), undefined);
    await store.jobs.save(running, aJob('running', began, onDay(31)), onDay(31));
    const ids = (await store.retention.ended(past(onDay(31)))).map(({ id }) => id);
    expect(ids).toContain(ended.id);
    expect(ids).not.toContain(running.id);
    expect(await store.retention.erase(ended.id, past(onDay(31)))).toBe(true);
    const left = await db.selectFrom('jobs').select('request_id').execute();
    const rows = left.map(({ request_id: id }) => id);
    expect(rows).not.toContain(ended.id);
    expect(rows).toContain(running.id);
    expect(await store.requests.find(running.id)).toMatchObject({ job: { status: 'running' } });
  });

  it('deletes every row of a request except for its links, and nothing of another request', async () => {
    const [ended, other] = [await aCreated(), await aCreated()];
    for (const { id } of [ended, other]) {
      const lease = { kind: 'following', owner: 'one', until: onDay(1).toISOString() };
      await db
        .insertInto('leases')
        .values({ request_id: id, ...lease })
        .execute();
      await db
        .insertInto('typed_secrets')
        .values({ request_id: id, path: 'SrcInfo.Password', sealed: 'sealed' })
        .execute();
    }
    const tables = ['jobs', 'leases', 'announcements', 'typed_secrets', 'events', 'links'] as const;
    const having = async (id: number) => {
      const found: string[] = [];
      for (const table of tables) {
        const rows = await db.selectFrom(table).selectAll().where('request_id', '=', id).execute();
        if (rows.length > 0) found.push(table);
      }
      return found;
    };
    expect(await having(ended.id)).toEqual(tables);
    expect(await store.retention.erase(ended.id, past(onDay(31)))).toBe(true);
    expect(await having(ended.id)).toEqual(['links']);
    expect(await having(other.id)).toEqual(tables);
  });

  it('lists at most a hundred requests at once, and then those after the last one', async () => {
    const ids: number[] = [];
    while (ids.length < 102) ids.push((await aCreated()).id);
    const all: number[] = [];
    for (let after: { id: number; endedAt: string } | undefined, isMore = true; isMore; ) {
      const page = await store.retention.ended(past(onDay(31)), after);
      expect(page.length).toBeLessThanOrEqual(100);
      all.push(...page.map(({ id }) => id));
      isMore = page.length === 100;
      after = page.at(-1);
    }
    expect(all).toEqual(expect.arrayContaining(ids));
    expect(all).toEqual([...new Set(all)].sort((one, next) => one - next));
  });

  it('deletes requests while workers take leases on them', async () => {
    const leases = store.leases('announcing');
    const work = async (id: number) => {
      for (let tries = 0; tries < 20; tries += 1) {
        await leases.take(id, began, onDay(1));
        await leases.release(id);
      }
    };
    for (let round = 0; round < 20; round += 1) {
      const { id } = await aCreated();
      const [isErased] = await Promise.all([
        store.retention.erase(id, past(onDay(31))),
        work(id),
        work(id),
      ]);
      expect(isErased).toBe(true);
    }
  });
});

import { sql } from 'kysely';
import type { RequestState } from '../../src/domain/request/request';
import { eventually } from '../support/eventually';
import { databases } from '../support/startTestFerry';
import { aSeenJob, began, minutes, type StoreOn, storeOn } from '../support/storeOn';

const pace = { spacingMs: 1_000, burst: 100 };

describe.each(databases)('on %s, a job that Ferry follows', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  const created = async (at = began) => store.create(await store.ask(), at);

  it('is due when its request has it, and then at the time that was stored, the earliest first', async () => {
    const { jobs } = store;
    expect(await jobs.due(began, [])).toEqual({ ids: [], next: undefined });
    const [late, early] = [await created(minutes(2)), await created(minutes(1))];
    expect(await jobs.due(began, [])).toEqual({ ids: [], next: minutes(1) });
    expect(await jobs.due(minutes(1), [])).toEqual({ ids: [early.id], next: minutes(2) });
    expect(await jobs.due(minutes(2), [])).toEqual({ ids: [early.id], next: undefined });
    expect(await jobs.due(minutes(2), [early.id])).toEqual({ ids: [late.id], next: undefined });
    expect(await jobs.due(minutes(2), [early.id, late.id])).toEqual({ ids: [], next: undefined });
    await store.see(early, 'running', began, minutes(5));
    expect(await jobs.due(minutes(2), [])).toEqual({ ids: [late.id], next: minutes(5) });
    await jobs.lookAt(late.id, minutes(4));
    expect(await jobs.due(minutes(3), [])).toEqual({ ids: [], next: minutes(4) });
    await jobs.postpone(late.id, minutes(6));
    expect(await jobs.due(minutes(5), [])).toEqual({ ids: [early.id], next: minutes(6) });
    await store.see(early, 'success', began);
    // Nobody needs to read a job that has ended, unless it has another status after all.
    await jobs.postpone(early.id, minutes(7));
    expect(await jobs.due(minutes(60), [])).toEqual({ ids: [late.id], next: undefined });
    await jobs.lookAt(early.id, minutes(7));
    expect((await jobs.due(minutes(60), [late.id])).ids).toEqual([early.id]);
  });

  it('is not read again once its request no longer has it, even if DTS may still find it', async () => {
    const by = { userId: 'UBOB', name: 'Bob' };
    const denied = { status: 'denied', by, at: began, reason: 'no' } as const;
    const isDue = async (state: RequestState) => {
      const request = await created();
      await store.see(request, 'running', began);
      const job = { ...aSeenJob('deleted', minutes(1)), missingSince: began };
      const moved = { type: 'job_moved', from: 'running', to: 'deleted' } as const;
      const event = { ...moved, said: 'deleted', elsewhere: true };
      const change = { by: undefined, at: minutes(1), event, job };
      expect(await store.requests.record({ ...change, request, state })).toBeDefined();
      return (await store.jobs.due(minutes(60), [])).ids.includes(request.id);
    };
    const kept = { status: 'created', approvals: [], jobId: 'dts-1', at: began } as const;
    expect([await isDue(kept), await isDue(denied)]).toEqual([true, false]);
  });

  it('is claimed once, with what is needed to read it', async () => {
    const [one, seen, later] = [await created(), await created(), await created(minutes(3))];
    await store.see(seen, 'running', began, minutes(1));
    const claimed = await store.jobs.claimDue(minutes(1), minutes(2));
    const region = one.parameters.DstInfo.Region;
    expect(claimed.toSorted((a, b) => a.requestId - b.requestId)).toEqual([
      { requestId: one.id, jobId: `dts-${one.id}`, region, api: undefined, seenAt: undefined },
      { requestId: seen.id, jobId: `dts-${seen.id}`, region, api: '2021-12-06', seenAt: began },
    ]);
    expect(await store.jobs.claimDue(minutes(1), minutes(2))).toEqual([]);
    expect(await store.jobs.claimDue(minutes(2), minutes(9))).toHaveLength(2);
    expect((await store.jobs.due(minutes(3), [])).ids).toEqual([later.id]);
  });

  it('is stored as DTS described it, unless its request has changed since then', async () => {
    const request = await created();
    const job = {
      ...aSeenJob('running', minutes(1)),
      ...{ seenAt: minutes(2), startedAt: minutes(1), lagSeconds: 3, hasCaughtUp: true as const },
      steps: [{ name: 'Full', status: 'running' as const, percent: 40 }],
    };
    await store.jobs.save(request, job, minutes(3));
    expect((await store.requests.find(request.id))?.job).toEqual(job);
    const outdated = { id: request.id, version: request.version - 1 };
    await store.jobs.save(outdated, aSeenJob('paused'), minutes(9));
    expect((await store.requests.find(request.id))?.job).toEqual(job);
    expect((await store.jobs.due(began, [])).next).toEqual(minutes(3));
  });

  it('has its card updated if it changed, and only then', async () => {
    const [request, other] = [await created(), await created()];
    const told = { sending: undefined, holdUntil: undefined, toldSeq: 2, seenVersion: 2 };
    const card = { channel: 'C1', ts: '1.1', digest: 'd' };
    for (const { id } of [request, other]) {
      await store.leases('announcing').take(id, began, minutes(60));
      await store.announcements.save(id, 'channel', { card, ...told });
      await store.leases('informing').take(id, began, minutes(60));
      await store.announcements.save(id, 'requester', { card: undefined, ...told });
    }
    const due = async (audience: 'channel' | 'requester') =>
      (await store.announcements.due(audience, minutes(60), [], pace)).ids;
    await store.see(request, 'running', minutes(1), minutes(5));
    expect(await due('channel')).toEqual([request.id]);
    expect(await due('requester')).toEqual([]);
    await store.announcements.save(request.id, 'channel', { card, ...told });
    expect(await due('channel')).toEqual([]);
    await store.see(request, 'running', minutes(1), minutes(6));
    expect(await due('channel')).toEqual([]);
  });

  it('has the progress that was posted about it', async () => {
    const { jobs } = store;
    const [request, other] = [await created(), await created()];
    expect(await jobs.progress(request.id)).toBeUndefined();
    await jobs.saveProgress(request.id, { ts: undefined, digest: '', at: minutes(1) });
    expect(await jobs.progress(request.id)).toEqual({ ts: undefined, digest: '', at: minutes(1) });
    const posted = { ts: '1.2', digest: 'd', at: minutes(2) };
    await jobs.saveProgress(request.id, posted);
    expect(await jobs.progress(request.id)).toEqual(posted);
    expect(await jobs.progress(other.id)).toBeUndefined();
    expect(await jobs.progress(9_999)).toBeUndefined();
  });

  it('replaces the deleted one if it was created again, and nothing remains of that', async () => {
    const first = await created();
    await store.see(first, 'running', minutes(1), minutes(5));
    await store.jobs.saveProgress(first.id, { ts: '1.2', digest: 'd', at: minutes(2) });
    const same = await store.create(first, minutes(6));
    expect((await store.requests.find(same.id))?.job?.status).toBe('running');
    expect((await store.jobs.due(began, [])).next).toEqual(minutes(5));
    const again = await store.create(same, minutes(7), 'dts-again');
    expect((await store.requests.find(again.id))?.job).toBeUndefined();
    expect(await store.jobs.progress(again.id)).toBeUndefined();
    expect(await store.jobs.claimDue(minutes(7), minutes(8))).toMatchObject([
      { requestId: again.id, jobId: 'dts-again', api: undefined },
    ]);
  });

  it('is read at once when Ferry wants to delete it', async () => {
    const request = await created();
    await store.see(request, 'running', began, minutes(60));
    const { jobId } = { jobId: `dts-${request.id}` };
    const next = { status: 'withdrawn', by: request.requester, at: minutes(1) } as const;
    await store.move(
      request,
      { status: 'discarding', jobId, at: minutes(1), next },
      { type: 'withdrawn' },
      minutes(1),
    );
    expect((await store.jobs.due(minutes(1), [])).ids).toEqual([request.id]);
  });

  it('has the status that an event of its request shows', async () => {
    const request = await created();
    const job = aSeenJob('paused', minutes(4));
    const [from, to] = ['running', 'paused'] as const;
    const moved = await store.requests.record({
      ...{ request, state: request.state, job, by: undefined, at: minutes(4) },
      event: { type: 'job_moved', from, to, said: 'paused', elsewhere: false },
    });
    expect(moved?.job).toEqual(job);
    expect((await store.requests.find(request.id))?.job).toEqual(job);
    const { next } = await store.jobs.due(minutes(4), []);
    expect(next?.getTime()).toBe(minutes(4).getTime() + 15_000);
  });
});

it('does not hide a change of its request that is recorded at the same time', async () => {
  const store = await storeOn('postgres');
  const request = await store.create(await store.ask());
  const told = { card: { channel: 'C1', ts: '1.1', digest: 'd' }, toldSeq: request.version };
  await store.leases('announcing').take(request.id, began, minutes(60));
  const waiting = (count: number) =>
    eventually(`${count} of the statements wait`, async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`.execute(store.db);
      return rows.length === count;
    });
  const both: Promise<unknown>[] = [];
  await store.db.transaction().execute(async (tx) => {
    await sql`select 1 from announcements for update`.execute(tx);
    both.push(store.move(request, request.state, { type: 'look_again', operation: 'create_job' }));
    await waiting(1);
    both.push(store.see(request, 'running', minutes(1), minutes(5)));
    await waiting(2);
  });
  await Promise.all(both);
  expect((await store.requests.find(request.id))?.job).toBeUndefined();
  const { version: seenVersion } = request;
  const announcement = { ...told, seenVersion, sending: undefined, holdUntil: undefined };
  await store.announcements.save(request.id, 'channel', announcement);
  expect((await store.announcements.due('channel', minutes(60), [], pace)).ids).toEqual([
    request.id,
  ]);
  await store.close();
});

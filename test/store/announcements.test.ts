import type { Announcement, Audience } from '../../src/domain/channel/announcement';
import { createStore } from '../../src/store/createStore';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';
import { began, minutes, type StoreOn, storeOn } from '../support/storeOn';

const pace = { spacingMs: 1_000, burst: 0 };
const card = { channel: 'C1', ts: '1.1', digest: 'd' };
const later = (ms: number) => new Date(began.getTime() + ms);
const told = (changes: Partial<Announcement> = {}): Announcement => ({
  ...{ card, toldSeq: 1, sending: undefined, seenVersion: 1, holdUntil: undefined },
  ...changes,
});

describe.each(databases)('on %s, what was posted about a request', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  const save = async (id: number, announcement: Announcement, audience: Audience = 'channel') => {
    const work = audience === 'channel' ? 'announcing' : 'informing';
    await store.leases(work).take(id, began, minutes(60));
    await store.announcements.save(id, audience, announcement);
  };
  const due = async (at = began, except: readonly number[] = []) =>
    (await store.announcements.due('channel', at, except, pace)).ids;

  it('is nothing at first, except that requesters know of their request', async () => {
    const { id } = await store.ask();
    const nothing = { card: undefined, sending: undefined, seenVersion: 0, holdUntil: undefined };
    expect(await store.announcements.find(id, 'channel')).toEqual({ ...nothing, toldSeq: 0 });
    expect(await store.announcements.find(id, 'requester')).toEqual({ ...nothing, toldSeq: 1 });
    expect(await due()).toEqual([id]);
    expect((await store.announcements.due('requester', began, [], pace)).ids).toEqual([]);
  });

  it('is found as it was saved, for each audience', async () => {
    const [one, other] = [await store.ask(), await store.ask()];
    const announcement = told({ sending: 2, seenVersion: 3, holdUntil: minutes(5) });
    await save(one.id, announcement);
    expect(await store.announcements.find(one.id, 'channel')).toEqual(announcement);
    expect((await store.announcements.find(other.id, 'channel')).card).toBeUndefined();
    expect((await store.announcements.find(one.id, 'requester')).toldSeq).toBe(1);
    const lost = told({ card: undefined, sending: 0 });
    await save(one.id, lost);
    expect(await store.announcements.find(one.id, 'channel')).toEqual(lost);
  });

  it('is only saved by the process with its lease', async () => {
    const [{ id }, other] = [await store.ask(), await store.ask()];
    if (name === 'sqlite') return store.announcements.save(id, 'channel', told());
    const { leases, announcements } = store;
    const refused = expect.objectContaining({
      message: expect.stringContaining('another process'),
    });
    await expect(announcements.save(id, 'channel', told())).rejects.toEqual(refused);
    await leases('informing').take(id, began, minutes(1));
    await leases('announcing').take(other.id, began, minutes(1));
    await expect(announcements.save(id, 'channel', told())).rejects.toEqual(refused);
    const another = createStore(store.db, name, () => began);
    await another.leases('announcing').take(id, began, minutes(60));
    await expect(announcements.save(id, 'channel', told())).rejects.toEqual(refused);
    await another.leases('announcing').release(id);
    await leases('announcing').take(id, began, later(10_000));
    await expect(announcements.save(id, 'channel', told())).rejects.toEqual(refused);
    await leases('announcing').renew(id, later(10_001));
    await announcements.save(id, 'channel', told());
    await leases('announcing').release(id);
    await expect(announcements.save(id, 'requester', told())).resolves.toBeUndefined();
    await leases('informing').release(id);
    await expect(announcements.save(id, 'requester', told())).rejects.toEqual(refused);
    await expect(announcements.save(id, 'emergency', told())).rejects.toEqual(refused);
    expect(await announcements.find(id, 'channel')).toEqual(told());
  });

  it('is due until it covers the newest event', async () => {
    const request = await store.ask();
    await save(request.id, told());
    expect(await due()).toEqual([]);
    await store.withdraw(request, minutes(1));
    expect(await due()).toEqual([request.id]);
    expect((await store.announcements.due('requester', minutes(1), [], pace)).ids).toEqual([
      request.id,
    ]);
    await save(request.id, told());
    expect(await due()).toEqual([request.id]);
    expect(await due(began, [request.id])).toEqual([]);
    await save(request.id, told({ toldSeq: 2, seenVersion: 2 }));
    expect(await due()).toEqual([]);
  });

  it('waits for the end of its hold, unless the request has changed', async () => {
    const request = await store.withdraw(await store.ask());
    await save(request.id, told({ seenVersion: 2, holdUntil: minutes(5) }));
    const at = (time: Date) => store.announcements.due('channel', time, [], pace);
    expect(await at(minutes(4))).toEqual({ ids: [], next: minutes(5) });
    expect(await at(minutes(5))).toEqual({ ids: [request.id], next: undefined });
    await save(request.id, told({ seenVersion: 1, holdUntil: minutes(5) }));
    expect((await at(minutes(4))).ids).toEqual([request.id]);
  });

  it('waits likewise for a requester, who gets no card', async () => {
    const { id } = await store.withdraw(await store.ask());
    const at = (time: Date) => store.announcements.due('requester', time, [], pace);
    const held = told({ card: undefined, seenVersion: 2, holdUntil: minutes(5) });
    await save(id, held, 'requester');
    expect(await at(minutes(4))).toEqual({ ids: [], next: minutes(5) });
    await save(id, { ...held, seenVersion: 1 }, 'requester');
    expect((await at(minutes(4))).ids).toEqual([id]);
  });

  it('comes before new cards, and a first reply comes in between', async () => {
    const fresh = await store.ask();
    const first = await store.ask();
    const outcome = await store.withdraw(await store.ask());
    await save(first.id, told({ toldSeq: 0 }));
    await save(outcome.id, told({ seenVersion: 2 }));
    // A new card has had its share just now.
    await store.announcements.takePostTurn(
      { place: 'C1', requesterId: 'UASK', isCard: true },
      began,
      pace,
    );
    const all = { spacingMs: 1_000, burst: 10 };
    const { ids } = await store.announcements.due('channel', later(3_000), [], all);
    expect(ids).toEqual([outcome.id, first.id, fresh.id]);
  });

  it('has a turn in each place, and the next one after the distance', async () => {
    const inOne = await store.ask();
    const inTwo = await store.ask({ rule: aRule({ channel: 'C2' }) });
    const post = (place: string, isCard = true) => ({ place, requesterId: 'UASK', isCard });
    const { announcements } = store;
    expect(await announcements.takePostTurn(post('C1'), began, pace)).toBe(true);
    expect(await announcements.takePostTurn(post('C1'), later(999), pace)).toBe(false);
    expect(await announcements.due('channel', later(999), [], pace)).toEqual({
      ids: [inTwo.id],
      next: later(1_000),
    });
    expect(await due(later(1_000))).toEqual([inOne.id, inTwo.id]);
    await announcements.holdPosts('C1', minutes(1));
    expect(await due(later(1_000))).toEqual([inTwo.id]);
    expect(await announcements.takePostTurn(post('C1'), later(1_000), pace)).toBe(false);
    expect(await announcements.takePostTurn(post('C1'), minutes(1), pace)).toBe(true);
  });

  it('alternates between requesters, in each place', async () => {
    const [a, b] = [await store.ask({ who: 'UANN' }), await store.ask({ who: 'UBEN' })];
    const turn = (requesterId: string, place = 'C1') =>
      store.announcements.takePostTurn({ place, requesterId, isCard: false }, began, pace);
    await turn('UBEN', 'C2');
    await turn('UANN');
    expect(await due(later(1_000))).toEqual([b.id]);
    await store.withdraw(a);
    await store.withdraw(b);
    const direct = await store.announcements.due('requester', began, [], pace);
    expect(direct.ids.toSorted()).toEqual([a.id, b.id]);
  });

  it('alternates between requesters after a new card, too', async () => {
    await store.ask({ who: 'UANN' });
    const { id } = await store.ask({ who: 'UBEN' });
    const post = { place: 'C1', requesterId: 'UANN', isCard: true };
    await store.announcements.takePostTurn(post, began, pace);
    expect(await due(later(1_000))).toEqual([id]);
  });

  it('gives a new card a share after other posts', async () => {
    const fresh = await store.ask();
    const outcome = await store.withdraw(await store.ask());
    await save(outcome.id, told({ seenVersion: 2 }));
    const post = { place: 'C1', requesterId: 'UASK' };
    await store.announcements.takePostTurn({ ...post, isCard: true }, began, pace);
    for (const ms of [1_000, 2_000, 3_000, 4_000])
      await store.announcements.takePostTurn({ ...post, isCard: false }, later(ms), pace);
    expect(await due(later(4_000))).toEqual([]);
    expect(await due(later(5_000))).toEqual([fresh.id]);
    await store.announcements.takePostTurn({ ...post, isCard: true }, later(5_000), pace);
    expect(await due(later(6_000))).toEqual([outcome.id]);
  });

  it('is due for at most a thousand requests at once, those with a card first', async () => {
    const first = await store.ask();
    const { rule, state, ...row } = await store.db
      .selectFrom('requests')
      .selectAll()
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow();
    const copies = Array.from({ length: 1_005 }, (_, index) => index + 1);
    for (let from = 0; from < copies.length; from += 30) {
      const some = copies.slice(from, from + 30);
      await store.db
        .insertInto('requests')
        .values(
          some.map((each) => ({
            ...{ ...row, rule, state, id: first.id + each, origin: `X${each}` },
          })),
        )
        .execute();
      await store.db
        .insertInto('announcements')
        .values(
          some.map((each) => ({
            ...{ request_id: first.id + each, audience: 'channel', told_seq: 0, seen_version: 0 },
            untold_seq: 1,
          })),
        )
        .execute();
    }
    const last = first.id + 1_005;
    await save(last, told({ toldSeq: 0 }));
    const all = { spacingMs: 1_000, burst: 5_000 };
    const { ids } = await store.announcements.due('channel', began, [], all);
    expect(ids).toHaveLength(1_000);
    expect(ids).toContain(last);
    expect(ids).not.toContain(last - 1);
  });
});

describe.each(databases)('on %s, the workload', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  it('counts requests that have not settled, followed jobs and untold events', async () => {
    const empty = await store.workload(began);
    expect(empty.requests.every(({ count }) => count === 0)).toBe(true);
    expect(empty.requests.map(({ state }) => state)).toEqual([
      ...['pending', 'approved', 'launching', 'reconciling', 'prepared', 'discarding'],
      'unconfirmed',
    ]);
    expect(empty.outbox).toEqual(
      ['channel', 'requester', 'emergency'].map((audience) => ({
        ...{ audience, count: 0, oldestSeconds: 0 },
      })),
    );
    await store.ask();
    const withdrawn = await store.withdraw(await store.ask(), minutes(1));
    const [running, ended] = [
      await store.create(await store.ask()),
      await store.create(await store.ask()),
    ];
    await store.see(running, 'running', began, minutes(9));
    await store.see(ended, 'success');
    await store.watchJob('dts-w');
    const { requests, jobs, outbox } = await store.workload(minutes(3));
    expect(requests.filter(({ count }) => count > 0)).toEqual([{ state: 'pending', count: 1 }]);
    expect(jobs.filter(({ count }) => count > 0)).toEqual([{ status: 'running', count: 2 }]);
    expect(outbox).toEqual([
      { audience: 'channel', count: 5, oldestSeconds: 180 },
      { audience: 'requester', count: 3, oldestSeconds: 180 },
      { audience: 'emergency', count: 0, oldestSeconds: 0 },
    ]);
    await store.leases('informing').take(withdrawn.id, began, minutes(60));
    const held = told({ card: undefined, seenVersion: 2, holdUntil: minutes(4) });
    await store.announcements.save(withdrawn.id, 'requester', held);
    const count = async (at: Date) =>
      (await store.workload(at)).outbox.find(({ audience }) => audience === 'requester')?.count;
    expect(await count(minutes(3))).toBe(2);
    expect(await count(minutes(4))).toBe(3);
    const early = (await store.workload(minutes(-5))).outbox;
    expect(early.every(({ oldestSeconds }) => oldestSeconds === 0)).toBe(true);
  });
});

import { isWatch, mostWatched, watchEnded } from '../../src/domain/request/watch';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';
import { aNewWatch, aSeenJob, began, minutes, type StoreOn, storeOn } from '../support/storeOn';

describe.each(databases)('on %s, a watch', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  const by = { userId: 'UBOB', name: 'Bob' };

  it('is stored with what DTS said about the job, and its first event', async () => {
    const rule = aRule({ channel: 'C2' });
    const watched = {
      ...{ jobId: 'dts-1', region: 'ap-beijing', name: 'orders' },
      ...{ source: '10.0.0.1:3306', target: 'cdb-1' },
    };
    const job = aSeenJob('running', minutes(1));
    const requester = { userId: 'UEVA', name: 'Eva' };
    const news = { origin: 'D1', channel: 'C2', rule, watched, job, requester, at: minutes(2) };
    const watch = await store.watchJob('dts-1', news);
    const expected = {
      ...{ id: watch.id, origin: 'D1', version: 1, channel: 'C2', requester, rule, watched, job },
      ...{ askedAt: minutes(2), state: { status: 'watching' }, altered: [] },
    };
    expect(watch).toEqual(expected);
    expect(await store.requests.announced(watch.id)).toEqual(expected);
    expect(await store.watches.holding('dts-1')).toEqual(expected);
    expect(await store.requests.events(watch.id, 0)).toEqual([
      {
        ...{ requestId: watch.id, seq: 1, revision: 1, at: minutes(2), by: requester },
        payload: { type: 'watched', jobId: 'dts-1', region: 'ap-beijing' },
      },
    ]);
    const pace = { spacingMs: 1_000, burst: 0 };
    expect((await store.announcements.due('channel', minutes(2), [], pace)).ids).toEqual([
      watch.id,
    ]);
    expect((await store.announcements.due('requester', minutes(2), [], pace)).ids).toEqual([]);
    const untold = { card: undefined, toldSeq: 0, sending: undefined, seenVersion: 0 };
    expect(await store.announcements.find(watch.id, 'channel')).toEqual({
      ...{ ...untold, holdUntil: undefined },
    });
    const claimed = await store.jobs.claimDue(minutes(60), minutes(90));
    expect(claimed).toEqual([
      {
        ...{ requestId: watch.id, jobId: 'dts-1', region: 'ap-beijing', api: '2021-12-06' },
        seenAt: minutes(1),
      },
    ]);
  });

  it('is read at once when a request has its job, which ends it, unlike other watches', async () => {
    const [watch] = [await store.watchJob('dts-1'), await store.watchJob('dts-2')];
    expect(await store.jobs.claimDue(minutes(60), minutes(90))).toHaveLength(2);
    const request = await store.create(await store.ask(), minutes(61), 'dts-1');
    expect(await store.jobs.claimDue(minutes(60), minutes(90))).toEqual([]);
    const claimed = await store.jobs.claimDue(minutes(61), minutes(90));
    expect(claimed.map(({ requestId }) => requestId).sort()).toEqual([watch.id, request.id]);
  });

  it('is stored once for each command', async () => {
    const watch = await store.watchJob('dts-1', { origin: 'D1' });
    const again = await store.watches.add(aNewWatch('dts-2', { origin: 'D1' }));
    expect(again).toEqual({ kind: 'stored', watch, added: false });
    await store.ask({ origin: 'V1' });
    await expect(store.watches.add(aNewWatch('dts-3', { origin: 'V1' }))).rejects.toThrow('V1');
  });

  it('is stored once for each command, also if two copies of it arrive together', async () => {
    const copy = () => store.watches.add(aNewWatch('dts-1', { origin: 'D1' }));
    const results = await Promise.all([copy(), copy()]);
    expect(results).toEqual(results.map(() => expect.objectContaining({ kind: 'stored' })));
    const watches = results.flatMap((each) => (each.kind === 'stored' ? [each] : []));
    expect(watches.map(({ added }) => added).sort()).toEqual([false, true]);
    expect(watches[0]?.watch).toEqual(watches[1]?.watch);
  });

  it('is refused if a request or another watch has the job', async () => {
    const request = await store.create(await store.ask());
    const jobId = `dts-${request.id}`;
    expect(await store.watches.add(aNewWatch(jobId))).toMatchObject({
      ...{ kind: 'known', announced: { id: request.id } },
    });
    const watch = await store.watchJob('dts-w');
    expect(await store.watches.add(aNewWatch('dts-w', { origin: 'D2' }))).toMatchObject({
      ...{ kind: 'known', announced: { id: watch.id } },
    });
    expect(await store.watches.holding(jobId)).toMatchObject({ id: request.id });
    expect(await store.watches.holding('dts-unknown')).toBeUndefined();
  });

  it('is refused if the person, or all people together, watch too many jobs', async () => {
    for (let count = 0; count < mostWatched.byOne; count += 1) await store.watchJob(`dts-${count}`);
    expect(await store.watches.add(aNewWatch('dts-x'))).toEqual({
      kind: 'too_many',
      whose: 'byOne',
    });
    const left = mostWatched.byAll - mostWatched.byOne;
    for (let count = 0; count < left; count += 1) {
      const userId = `U${count % 10}`;
      await store.watchJob(`dts-o${count}`, { requester: { userId, name: userId } });
    }
    const requester = { userId: 'ULAST', name: 'Last' };
    const refused = { kind: 'too_many', whose: 'byAll' };
    expect(await store.watches.add(aNewWatch('dts-x', { requester }))).toEqual(refused);
    const first = await store.watches.holding('dts-0');
    if (first === undefined || !isWatch(first)) throw new Error('not watched');
    await store.watches.record({ request: first, by, at: began, ...watchEnded(by, began) });
    expect(await store.watches.add(aNewWatch('dts-x', { requester }))).toMatchObject({
      kind: 'stored',
    });
  });

  it('ends, and then nothing holds or follows the job', async () => {
    const watch = await store.watchJob('dts-1');
    const change = { request: watch, by, at: minutes(1), ...watchEnded(by, minutes(1)) };
    const ended = await store.watches.record({ ...change, delivery: 'D5' });
    const state = { status: 'unwatched', by, at: minutes(1) };
    expect(ended).toMatchObject({ id: watch.id, version: 2, state, job: watch.job });
    expect(await store.requests.announced(watch.id)).toEqual(ended);
    expect(await store.requests.isHandled('D5')).toBe(true);
    expect(await store.watches.holding('dts-1')).toBeUndefined();
    expect(await store.jobs.due(minutes(60), [])).toEqual({ ids: [], next: undefined });
    expect(await store.watches.record(change)).toBeUndefined();
    expect((await store.requests.events(watch.id, 1)).map(({ payload }) => payload.type)).toEqual([
      'unwatched',
    ]);
    expect(await store.retention.ended(minutes(2))).toMatchObject([{ id: watch.id }]);
    await store.watchJob('dts-1', { origin: 'D6' });
  });

  it('has the status that an event shows, and is still followed', async () => {
    const watch = await store.watchJob('dts-1');
    const job = aSeenJob('paused', minutes(4));
    const moved = await store.watches.record({
      ...{ request: watch, by: undefined, at: minutes(4), state: watch.state, job },
      event: { type: 'job_moved', from: 'running', to: 'paused', said: '', elsewhere: true },
    });
    expect(moved).toMatchObject({ job, state: { status: 'watching' }, version: 2 });
    expect(await store.requests.announced(watch.id)).toEqual(moved);
    expect((await store.jobs.due(minutes(60), [])).ids).toEqual([watch.id]);
    expect(await store.retention.ended(minutes(9))).toEqual([]);
  });

  it('gives way to the request that has the job, too', async () => {
    const watch = await store.watchJob('dts-1');
    expect(await store.watches.holding('dts-1')).toMatchObject({ id: watch.id });
    const request = await store.create(await store.ask(), began, 'dts-1');
    expect(await store.watches.holding('dts-1')).toMatchObject({ id: request.id });
  });
});

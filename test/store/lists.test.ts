import { type HomeFilter, statusGroups } from '../../src/domain/channel/home';
import type { MigrationRequest } from '../../src/domain/request/request';
import { isWatch } from '../../src/domain/request/watch';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';
import { began, minutes, type StoreOn, storeOn } from '../support/storeOn';

const idsOf = (requests: readonly { id: number }[]) => requests.map(({ id }) => id);
const inChannel = (channel: string) => ({ rule: aRule({ channel }) });
const operation = { name: 'create_job' } as const;
const problem = { kind: 'not_sent', detail: 'no route' } as const;
const callOf = (at = began) => ({ operation, approvals: [], attempt: 1, calledAt: at });

describe.each(databases)('on %s, of all requests', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  const fail = (request: MigrationRequest) =>
    store.move(
      request,
      { status: 'failed', approvals: [], problem, at: began },
      { type: 'failed', operation: 'create_job', problem },
    );
  const doubt = (request: MigrationRequest) =>
    store.move(
      request,
      { status: 'unconfirmed', ...callOf(), doubt: { kind: 'interrupted' }, at: began, found: [] },
      { type: 'unconfirmed', operation: 'create_job', doubt: { kind: 'interrupted' }, found: [] },
    );
  const launch = (request: MigrationRequest) =>
    store.move(
      request,
      { status: 'launching', ...callOf() },
      { type: 'launched', operation: 'create_job', attempt: 1 },
    );

  describe("a person's own list", () => {
    const asked = async (...page: Partial<Parameters<StoreOn['requests']['askedBy']>>) => {
      const [userId = 'UASK', offset = 0, limit = 100, ...rest] = page;
      return idsOf(await store.requests.askedBy(userId, offset, limit, ...rest));
    };

    it('has open requests first, then ended ones, each the newest first', async () => {
      const [first, second, third, fourth] = [
        await store.ask(),
        await store.ask(),
        await store.ask(),
        await store.ask(),
      ];
      await store.withdraw(second);
      await store.withdraw(fourth);
      expect(await asked()).toEqual([third.id, first.id, fourth.id, second.id]);
    });

    it('has no request of another person and no watch', async () => {
      await store.ask({ who: 'UBOB' });
      await store.watchJob('dts-w');
      const own = await store.ask();
      expect(await asked()).toEqual([own.id]);
      expect(await asked('UEVA')).toEqual([]);
    });

    it('is read in pages', async () => {
      const all = [];
      for (let count = 0; count < 5; count += 1) all.unshift((await store.ask()).id);
      expect(await asked('UASK', 0, 2)).toEqual(all.slice(0, 2));
      expect(await asked('UASK', 2, 2)).toEqual(all.slice(2, 4));
      expect(await asked('UASK', 4, 2)).toEqual(all.slice(4));
    });

    it('leaves out what a list of jobs has', async () => {
      const [waiting, running] = [await store.ask(), await store.ask()];
      await store.see(await store.create(running), 'running', began, minutes(1));
      const listed = { failedSince: began, isStarted: true };
      expect(await asked('UASK', 0, 100, {}, listed)).toEqual([waiting.id]);
      expect(await asked()).toEqual([waiting.id, running.id]);
    });

    it('still has old open requests after five hundred newer ones that ended', async () => {
      const old = await store.ask();
      const ended = await store.withdraw(await store.ask());
      const { id: _, ...row } = await store.db
        .selectFrom('requests')
        .selectAll()
        .where('id', '=', ended.id)
        .executeTakeFirstOrThrow();
      const copies = Array.from({ length: 510 }, (__, index) => ({ ...row, origin: `X${index}` }));
      for (let from = 0; from < copies.length; from += 30)
        await store.db
          .insertInto('requests')
          .values(copies.slice(from, from + 30))
          .execute();
      const all = await asked('UASK', 0, 1_000);
      expect(all[0]).toBe(old.id);
      // One open request, and the newest five hundred.
      expect(all).toHaveLength(501);
      const lately = await store.requests.latest({ channels: ['C1'] }, 0, 1_000);
      expect(lately).toHaveLength(500);
    });
  });

  describe('the newest ones', () => {
    type Of = Parameters<StoreOn['requests']['latest']>[0];
    const latest = async (of: Of, offset = 0, limit = 100) =>
      idsOf(await store.requests.latest(of, offset, limit));

    it('are those in some channels and those of a person, the newest first', async () => {
      const inOne = await store.ask({ who: 'UBOB' });
      const inTwo = await store.ask({ who: 'UBOB', ...inChannel('C2') });
      const inThree = await store.ask({ who: 'UBOB', ...inChannel('C3') });
      const own = await store.ask({ ...inChannel('C4') });
      expect(await latest({ channels: ['C1', 'C2'] })).toEqual([inTwo.id, inOne.id]);
      expect(await latest({ channels: ['C3'], userId: 'UASK' })).toEqual([own.id, inThree.id]);
      expect(await latest({ channels: [], userId: 'UASK' })).toEqual([own.id]);
      expect(await latest({ channels: [] })).toEqual([]);
    });

    it('leave out those of a person, and some others', async () => {
      const own = await store.ask();
      const [first, second] = [await store.ask({ who: 'UBOB' }), await store.ask({ who: 'UEVA' })];
      expect(await latest({ channels: ['C1'], notBy: 'UASK' })).toEqual([second.id, first.id]);
      const except = [second.id];
      expect(await latest({ channels: ['C1'], except })).toEqual([first.id, own.id]);
      expect(await latest({ channels: ['C1'], except }, 1, 1)).toEqual([own.id]);
    });

    it('have no watch, and nothing that a list of jobs has', async () => {
      await store.watchJob('dts-w');
      const [waiting, running] = [await store.ask(), await store.ask()];
      await store.see(await store.create(running), 'running', began, minutes(1));
      const apartFrom = { failedSince: began, isStarted: true };
      expect(await latest({ channels: ['C1'] })).toEqual([running.id, waiting.id]);
      expect(await latest({ channels: ['C1'], apartFrom })).toEqual([waiting.id]);
    });
  });

  it('a filter includes the requests of its group, by their status and by their jobs', async () => {
    const pending = await store.ask();
    const ended = await store.withdraw(await store.ask());
    const called = await launch(await store.ask());
    const failed = await fail(await store.ask());
    const unclear = await doubt(await store.ask());
    const created = await store.create(await store.ask());
    const running = await store.create(await store.ask());
    const broken = await store.create(await store.ask());
    const idle = await store.create(await store.ask());
    const over = await store.create(await store.ask());
    await store.see(running, 'running');
    await store.see(broken, 'failed');
    await store.see(idle, 'check_passed');
    await store.see(over, 'success');
    const groups = {
      waiting: [pending],
      under_way: [running, called],
      attention: [idle, broken, unclear, failed],
      done: [over, created, ended],
    };
    const sorted = (requests: readonly { id: number }[]) =>
      idsOf(requests).sort((one, other) => one - other);
    for (const status of statusGroups) {
      const filter: HomeFilter = { status };
      const own = await store.requests.askedBy('UASK', 0, 100, filter);
      expect([status, sorted(own)]).toEqual([status, sorted(groups[status])]);
      const lately = await store.requests.latest({ channels: ['C1'], filter }, 0, 100);
      expect([status, sorted(lately)]).toEqual([status, sorted(groups[status])]);
    }
    expect(await store.requests.askedBy('UASK', 0, 100, {})).toHaveLength(10);
  });

  describe('the list of jobs', () => {
    type Of = Partial<Parameters<StoreOn['requests']['withJobs']>[0]>;
    const listed = { failedSince: began, isStarted: false };
    const jobs = async (of: Of = {}, offset = 0, limit = 100) =>
      idsOf(await store.requests.withJobs({ channels: ['C1'], listed, ...of }, offset, limit));
    const running = async (since = began, asked: Parameters<StoreOn['ask']>[0] = {}) => {
      const request = await store.create(await store.ask(asked));
      await store.see(request, 'running', since, minutes(60));
      return request;
    };

    it('has failed jobs first, then those that wait, then those that run', async () => {
      const runs = await running();
      const waits = await store.create(await store.ask());
      await store.see(waits, 'ready_complete', began, minutes(60));
      const failed = await store.create(await store.ask());
      await store.see(failed, 'failed', began);
      expect(await jobs()).toEqual([failed.id, waits.id, runs.id]);
    });

    it('has the latest change first, then the newest request', async () => {
      const early = await running(minutes(1));
      const late = await running(minutes(3));
      const between = await running(minutes(2));
      const twin = await running(minutes(2));
      expect(await jobs()).toEqual([late.id, twin.id, between.id, early.id]);
      expect(await jobs({}, 1, 2)).toEqual([twin.id, between.id]);
      expect(await jobs({ except: [late.id] }, 1, 2)).toEqual([between.id, early.id]);
    });

    it('has watches, too, until they end', async () => {
      const watch = await store.watchJob('dts-w');
      await store.see(watch, 'running', began, minutes(60));
      const [found] = await store.requests.withJobs({ channels: ['C1'], listed }, 0, 10);
      expect(found !== undefined && isWatch(found) && found.id).toBe(watch.id);
      for (const [status, ids] of [
        ['under_way', [watch.id]],
        ['done', []],
        ['attention', []],
      ] as const) {
        expect(await jobs({ filter: { status } })).toEqual(ids);
      }
      await store.watches.record({
        ...{ request: watch, by: undefined, at: minutes(1) },
        state: { status: 'unwatched', at: minutes(1) },
        event: { type: 'unwatched' },
      });
      expect(await jobs()).toEqual([]);
    });

    it('has no job that ended', async () => {
      const ended = await store.create(await store.ask());
      await store.see(ended, 'success', minutes(5));
      expect(await jobs()).toEqual([]);
    });

    it('has jobs that failed since a time, and older ones only while Ferry asks for them', async () => {
      const failed = await store.create(await store.ask());
      await store.see(failed, 'failed', minutes(5));
      const failedSince = (minute: number) => ({
        listed: { ...listed, failedSince: minutes(minute) },
      });
      expect(await jobs(failedSince(5))).toEqual([failed.id]);
      expect(await jobs(failedSince(6))).toEqual([]);
      await store.see(failed, 'failed', minutes(5), minutes(7));
      expect(await jobs(failedSince(6))).toEqual([failed.id]);
    });

    it('has jobs that nobody started, if the list includes them', async () => {
      const idle = await store.create(await store.ask());
      await store.see(idle, 'check_passed', began, minutes(60));
      expect(await jobs()).toEqual([idle.id]);
      expect(await jobs({ listed: { ...listed, isStarted: true } })).toEqual([]);
    });

    it('has only what the person may see: some channels and own requests', async () => {
      const inOne = await running(minutes(1), { who: 'UBOB' });
      const inTwo = await running(minutes(2), { who: 'UBOB', ...inChannel('C2') });
      const own = await running(minutes(3), inChannel('C3'));
      expect(await jobs()).toEqual([inOne.id]);
      expect(await jobs({ channels: ['C1', 'C2'] })).toEqual([inTwo.id, inOne.id]);
      expect(await jobs({ userId: 'UASK' })).toEqual([own.id, inOne.id]);
      expect(await jobs({ channels: [], userId: 'UASK' })).toEqual([own.id]);
      expect(await jobs({ channels: [] })).toEqual([]);
    });
  });

  describe('those that wait for approvers', () => {
    it('begin with unknown outcomes, then the oldest', async () => {
      const [first, second, third] = [await store.ask(), await store.ask(), await store.ask()];
      await doubt(third);
      await store.withdraw(await store.ask());
      await store.create(await store.ask());
      await launch(await store.ask());
      expect(idsOf(await store.requests.waiting())).toEqual([third.id, first.id, second.id]);
    });

    it('have what decides who may approve them', async () => {
      const rules = [aRule(), aRule({ channel: 'C2', required: 2 })];
      for (const rule of rules) await store.ask({ rule });
      const [one, two] = await store.requests.waiting();
      expect(one).toEqual({
        id: one?.id,
        revision: 1,
        requester: { userId: 'UASK', name: 'UASK' },
        editors: [],
        rule: rules[0],
        state: expect.objectContaining({ status: 'pending' }),
      });
      expect(two?.rule).toEqual(rules[1]);
    });
  });

  it('those that are open wait for approvals or for their call', async () => {
    const [first, second] = [await store.ask(), await store.ask()];
    await store.withdraw(await store.ask());
    await launch(await store.ask());
    await store.watchJob('dts-w');
    expect(await store.requests.open()).toEqual([first.id, second.id]);
  });

  it('every channel is found once', async () => {
    expect(await store.requests.channels()).toEqual([]);
    for (const channel of ['C2', 'C1', 'C2', 'C3']) await store.ask(inChannel(channel));
    expect((await store.requests.channels()).toSorted()).toEqual(['C1', 'C2', 'C3']);
  });

  it('those with some IDs are found in the given order, without unknown ones and watches', async () => {
    const [first, second] = [await store.ask(), await store.ask()];
    const { id } = await store.watchJob('dts-w');
    const ids = [second.id, id, 9_999, first.id];
    expect(idsOf(await store.requests.findAll(ids))).toEqual([second.id, first.id]);
    expect(await store.requests.findAll([])).toEqual([]);
    expect(await store.requests.find(id)).toBeUndefined();
    expect(await store.requests.announced(id)).toMatchObject({ id, watched: { jobId: 'dts-w' } });
    expect(await store.requests.announced(9_999)).toBeUndefined();
    expect(await store.requests.find(9_999)).toBeUndefined();
    expect(await store.requests.announced(first.id)).toMatchObject({ id: first.id, revision: 1 });
  });

  it('open ones with the same job name and another origin are found, the newest first', async () => {
    const named = (JobName: string) => ({ entries: { JobName } });
    const first = await store.ask(named('orders'));
    const second = await store.ask(named('orders'));
    await store.ask(named('others'));
    await store.withdraw(await store.ask(named('orders')));
    const watched = { jobId: 'dts-w', region: 'ap-guangzhou', name: 'orders' };
    await store.watchJob('dts-w', { watched });
    const namesakes = async (origin: string) =>
      idsOf(await store.requests.liveNamesakes('orders', origin));
    expect(await namesakes('V-new')).toEqual([second.id, first.id]);
    expect(await namesakes(second.origin)).toEqual([first.id]);
    expect(idsOf(await store.requests.liveNamesakes('nothing', 'V-new'))).toEqual([]);
    for (let count = 0; count < 20; count += 1) await store.ask(named('orders'));
    expect(await namesakes('V-new')).toHaveLength(20);
    expect(await namesakes('V-new')).not.toContain(second.id);
  });
});

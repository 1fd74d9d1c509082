import { type HomeFilter, statusGroups } from '../../src/domain/channel/home';
import type { People } from '../../src/domain/people/people';
import type { InState, MigrationRequest } from '../../src/domain/request/request';
import { waitFrom } from '../../src/domain/request/waiting';
import { isWatch } from '../../src/domain/request/watch';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';
import { began, minutes, type StoreOn, storeOn } from '../support/storeOn';

const idsOf = (requests: readonly { id: number }[]) => requests.map(({ id }) => id);
const inChannel = (channel: string) => ({ rule: aRule({ channel }) });
const operation = { name: 'create_job' } as const;
const problem = { kind: 'not_sent', detail: 'no route' } as const;
const usually = { from: [], confirmed: false };
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

  /** Someone asks to pause a request's job, which needs two approvals. */
  const waitToPause = (request: MigrationRequest) => {
    const { state } = request;
    if (state.status !== 'created') throw new Error('there is no job');
    return store.move(
      request,
      waitFrom(request.rule, began, { name: 'pause_job', from: state, before: 'running' }),
      { type: 'approved', operation: 'pause_job', count: 1, required: 2 },
    );
  };
  const byName = (userId: string): People => ({ kind: 'user', userId });
  const allLists = async () => (await store.requests.awaitedLists()).map(({ key }) => key);
  const listsWith = async (people: readonly People[]) =>
    (await store.requests.awaitedLists())
      .filter((each) => JSON.stringify(each.people) === JSON.stringify(people))
      .map(({ key }) => key);

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
      await store.watchJob('dts-x');
      expect(await asked()).toEqual([own.id]);
      expect(await asked('UASK', 0, 1)).toEqual([own.id]);
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

    it('leaves out what waits for the person, if that is a separate list', async () => {
      const [waits, other] = [await store.create(await store.ask()), await store.ask()];
      await waitToPause(waits);
      const notAwaitedFrom = { userId: 'UASK', lists: await allLists() };
      expect(await asked('UASK', 0, 100, {}, undefined, notAwaitedFrom)).toEqual([other.id]);
      expect(await asked()).toHaveLength(2);
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

    it('leave out those of a person', async () => {
      await store.ask();
      const [first, second] = [await store.ask({ who: 'UBOB' }), await store.ask({ who: 'UEVA' })];
      expect(await latest({ channels: ['C1'], notBy: 'UASK' })).toEqual([second.id, first.id]);
      expect(await latest({ channels: ['C1'], notBy: 'UASK' }, 1, 1)).toEqual([first.id]);
    });

    it('leave out those that wait for a person', async () => {
      const own = await store.ask({ who: 'UBOB' });
      await store.ask();
      const other = await store.ask({ rule: aRule({ approvers: [byName('UEVA')] }) });
      const ended = await store.withdraw(await store.ask());
      const notAwaitedFrom = { userId: 'UBOB', lists: await listsWith(aRule().approvers) };
      const shown = await latest({ channels: ['C1'], notAwaitedFrom });
      expect(shown).toEqual([ended.id, other.id, own.id]);
    });

    it('have no watch, and nothing that a list of jobs has', async () => {
      await store.watchJob('dts-w');
      const [waiting, running] = [await store.ask(), await store.ask()];
      await store.see(await store.create(running), 'running', began, minutes(1));
      await store.watchJob('dts-x');
      const apartFrom = { failedSince: began, isStarted: true };
      expect(await latest({ channels: ['C1'] }, 0, 1)).toEqual([running.id]);
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
    });

    it('leaves out what waits for a person', async () => {
      const runs = await running();
      const [own, other] = [await running(began, { who: 'UBOB' }), await running()];
      for (const request of [own, other]) await waitToPause(request);
      expect(await jobs()).toEqual([other.id, own.id, runs.id]);
      const lists = await allLists();
      const notAwaitedFrom = { userId: 'UBOB', lists };
      expect(await jobs({ notAwaitedFrom })).toEqual([runs.id]);
      expect(await jobs({ notAwaitedFrom: { userId: 'UBOB', lists: [] } })).toHaveLength(3);
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

  describe('those that wait for a person', () => {
    const awaited = async (userId = 'UBOB', offset = 0, limit = 100, filter: HomeFilter = {}) => {
      const from = { userId, lists: await allLists() };
      return idsOf(await store.requests.awaitedFrom(from, offset, limit, filter));
    };

    it('begin with unknown outcomes, then the oldest', async () => {
      const [first, second, third] = [await store.ask(), await store.ask(), await store.ask()];
      await doubt(third);
      await store.withdraw(await store.ask());
      await store.create(await store.ask());
      await launch(await store.ask());
      await store.watchJob('dts-w');
      expect(await awaited()).toEqual([third.id, first.id, second.id]);
      expect(await awaited('UBOB', 1, 1)).toEqual([first.id]);
      expect(await awaited('UBOB', 0, 100, { status: 'waiting' })).toEqual([first.id, second.id]);
      expect(await awaited('UBOB', 0, 100, { status: 'attention' })).toEqual([third.id]);
      expect(await awaited('UBOB', 0, 100, { status: 'done' })).toEqual([]);
    });

    it('are on the given lists', async () => {
      const [one, other] = [[byName('UBOB')], [byName('UBOB'), byName('UEVA')]];
      const first = await store.ask({ rule: aRule({ approvers: one }) });
      const second = await store.ask({ rule: aRule({ approvers: other, channel: 'C2' }) });
      const third = await store.ask({ rule: aRule({ approvers: one, required: 2 }) });
      const from = async (people: readonly People[]) => {
        const lists = await listsWith(people);
        return idsOf(await store.requests.awaitedFrom({ userId: 'UBOB', lists }, 0, 100));
      };
      expect(await from(one)).toEqual([first.id, third.id]);
      expect(await from(other)).toEqual([second.id]);
      expect(await allLists()).toHaveLength(2);
      expect(await store.requests.awaitedFrom({ userId: 'UBOB', lists: [] }, 0, 100)).toEqual([]);
    });

    it('are on the lists of the rule that applies now', async () => {
      const request = await store.ask();
      const rule = aRule({ approvers: [byName('UEVA')] });
      const { state } = request;
      const names = { from: 'usual', to: 'usual' };
      const event = {
        type: 'rule_changed',
        ...names,
        voided: 0,
        lapsed: [],
        reopened: false,
      } as const;
      await store.requests.record({ request, state, event, rule, by: undefined, at: began });
      expect(await listsWith(aRule().approvers)).toEqual([]);
      expect(await listsWith(rule.approvers)).toHaveLength(1);
    });

    it('are not by the person, and the person has not approved their parameters', async () => {
      const own = await store.ask();
      const waiting = await store.ask({ who: 'UEVA', rule: aRule({ required: 2 }) });
      const approve = (revision: number): InState<'pending'> => ({
        ...waitFrom(waiting.rule, began),
        approvals: [{ by: { userId: 'UASK', name: '' }, at: began, revision, ...usually }],
      });
      const counted = { type: 'approved', count: 1, required: 2 } as const;
      expect(await awaited('UASK')).toEqual([waiting.id]);
      const approved = await store.move(waiting, approve(1), counted);
      expect(await awaited('UASK')).toEqual([]);
      expect(await awaited('UBOB')).toEqual([own.id, waiting.id]);
      await store.move(approved, approve(2), counted);
      expect(await awaited('UASK')).toEqual([waiting.id]);
    });

    it('have an operation on the job that its requester may decide on', async () => {
      const request = await store.create(await store.ask());
      await waitToPause(request);
      expect(await awaited('UASK')).toEqual([request.id]);
      expect(await listsWith([byName('UASK'), ...request.rule.approvers])).toHaveLength(1);
    });

    it('are found on hundreds of lists', async () => {
      const ids = [];
      for (let count = 0; count < 120; count += 1) {
        const approvers = [byName('UBOB'), byName(`U${count}`)];
        ids.push((await store.ask({ rule: aRule({ approvers }) })).id);
      }
      expect(await awaited('UBOB', 0, 200)).toEqual(ids);
      expect(await awaited('UBOB', 95, 10)).toEqual(ids.slice(95, 105));
    });
  });

  it('those that are open wait for a decision or for their call', async () => {
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

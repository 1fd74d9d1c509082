import type { Membership } from '../../src/domain/people/person';
import { mostWatched } from '../../src/domain/request/watch';
import { unwatch, watch } from '../../src/workflow/watch';
import { aRule } from '../support/aRule';
import { contextOn, type Facts, notReached, type WholeContext } from '../support/contextOn';
import { aSeenJob, minutes, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let context: WholeContext;
let facts: Facts;
let looks: unknown[];
/** What happens elsewhere while DTS answers. */
let meanwhile: () => Promise<unknown>;

const { since: _since, seenAt: _seenAt, ...running } = aSeenJob('running');

beforeEach(async () => {
  store = await storeOn('sqlite');
  const on = contextOn(store);
  facts = on.facts;
  looks = [];
  meanwhile = async () => undefined;
  context = {
    ...on.context,
    service: {
      ...on.context.service,
      async observeJob(place) {
        looks.push(place);
        await meanwhile();
        return { kind: 'seen', job: running, settings: { JobName: 'orders' } };
      },
    },
  };
});
afterEach(() => store.close());

type Command = Parameters<typeof watch>[1];
const command: Command = {
  ...{ userId: 'UASK', delivery: 'D1', jobId: 'dts-1' },
  ...{ region: undefined, askedIn: undefined },
};
const begin = (changes: Partial<Command> = {}) => watch(context, { ...command, ...changes });
const eventsOf = async (id: number) =>
  (await store.requests.events(id, 1)).map(({ payload }) => payload);
const refused = (refusal: object) => ({ kind: 'refused', refusal });
const group = [{ kind: 'group', groupId: 'SDBA' }] as const;

describe('a command to watch a job', () => {
  it('is handled once, even if nothing was stored', async () => {
    facts.standings.set('UASK', 'guest');
    expect(await begin()).toEqual(refused({ code: 'guest' }));
    facts.standings.clear();
    expect(await begin()).toEqual(refused({ code: 'handled_already' }));
    expect(looks).toEqual([]);
    expect(await begin({ delivery: 'D2' })).toMatchObject({ kind: 'begun' });
  });

  it('begins one watch if the first response of the database is lost', async () => {
    let adds = 0;
    const { watches } = context;
    const losing = {
      ...watches,
      async add(...news: Parameters<typeof watches.add>) {
        adds += 1;
        const added = await watches.add(...news);
        if (adds === 1) throw new Error('the connection was lost');
        return added;
      },
    };
    const measured: unknown[] = [];
    const metrics: WholeContext['metrics'] = { measure: (each) => void measured.push(each) };
    expect(await watch({ ...context, metrics, watches: losing }, command)).toMatchObject({
      kind: 'begun',
      watch: { origin: 'D1' },
    });
    expect(adds).toBe(2);
    // Ferry can't know which attempt added the watch, so it counts none.
    expect(measured).toEqual([]);
    expect(await store.jobs.claimDue(minutes(60), minutes(90))).toHaveLength(1);
  });

  it('is measured when its watch begins', async () => {
    const measured: unknown[] = [];
    const metrics: WholeContext['metrics'] = { measure: (each) => void measured.push(each) };
    await watch({ ...context, metrics }, command);
    expect(measured).toEqual([{ kind: 'event', type: 'watched' }]);
  });

  it('names the watch that another process added during the call to DTS', async () => {
    meanwhile = () => store.watchJob('dts-1');
    expect(await begin()).toMatchObject({
      ...{ kind: 'known', card: undefined, announced: { origin: 'W-dts-1' } },
    });
  });

  it.each<Membership>(['no', 'unknown'])(
    'does not show that watch if the answer to whether the person may see it is %s',
    async (answer) => {
      const requester = { userId: 'UEVA', name: 'Eva' };
      meanwhile = () => store.watchJob('dts-1', { requester });
      facts.sees = answer;
      facts.members.set('C1', answer);
      expect(await begin()).toEqual({ kind: 'hidden', isCertain: answer === 'no' });
    },
  );

  it('is refused if other watches reached the limit during the call to DTS', async () => {
    meanwhile = async () => {
      for (let count = 0; count < mostWatched.byOne; count += 1)
        await store.watchJob(`dts-o${count}`);
    };
    expect(await begin()).toEqual(refused({ code: 'too_many_watched', whose: 'byOne' }));
    expect(await store.watches.holding('dts-1')).toBeUndefined();
  });

  it('is refused without a call to DTS if other watches reached the limit before', async () => {
    for (let count = 0; count < mostWatched.byOne; count += 1)
      await store.watchJob(`dts-o${count}`);
    expect(await begin()).toEqual(refused({ code: 'too_many_watched', whose: 'byOne' }));
    expect(looks).toEqual([]);
  });

  it('waits only for other commands of the same person', async () => {
    const until: Date[] = [];
    const sleepUntil = async (at: Date) => void until.push(at);
    const { clock, rateLimits } = context;
    const now = clock.now();
    context = { ...context, clock: { now: () => now, sleepUntil } };
    for (const [userId, count] of [
      ['UASK', 3],
      ['UEVA', 1],
    ] as const) {
      for (let each = 0; each < count; each += 1) {
        const jobId = `dts-${userId}${each}`;
        await watch(context, { ...command, userId, delivery: jobId, jobId });
      }
    }
    expect(until.map((at) => at.getTime() - now.getTime())).toEqual([0, 1_000, 2_000, 0]);
    const following = await rateLimits.takeTurn('following', now, { spacingMs: 1_000, burst: 0 });
    expect(following).toEqual(now);
  });

  it.each<[Membership, string]>([
    ['no', 'may_not_watch'],
    ['unknown', 'watchers_unknown'],
  ])(
    'is refused without a call to DTS if the answer to whether the person may watch is %s',
    async (answer, code) => {
      facts.policy = { ...facts.policy, watch: group };
      facts.members.set('SDBA', answer);
      expect(await begin()).toEqual(refused({ code }));
      expect(looks).toEqual([]);
    },
  );

  it('uses the region that the person named, or Ferry’s own', async () => {
    await begin({ region: 'ap-beijing' });
    await begin({ delivery: 'D2', jobId: 'dts-2' });
    expect(looks).toEqual([
      { jobId: 'dts-1', region: 'ap-beijing', api: undefined },
      { jobId: 'dts-2', region: 'ap-guangzhou', api: undefined },
    ]);
  });

  it('shows why DTS could not be asked', async () => {
    const observeJob = async () => ({ kind: 'failed', problem: notReached }) as const;
    const service = { ...context.service, observeJob };
    expect(await watch({ ...context, service }, command)).toEqual({
      ...{ kind: 'unreadable', problem: notReached },
    });
  });
});

describe('a command to end a watch', () => {
  const end = (userId = 'UASK', delivery = 'D9') =>
    unwatch(context, { userId, delivery, jobId: 'dts-1' });
  const notWatched = { code: 'not_watched', jobId: 'dts-1' };

  it('ends it', async () => {
    const { id } = await store.watchJob('dts-1');
    expect(await end()).toBeUndefined();
    expect(await eventsOf(id)).toEqual([{ type: 'unwatched' }]);
  });

  it('is handled once', async () => {
    const { id } = await store.watchJob('dts-1');
    await store.requests.remember('D9', context.clock.now());
    expect(await end()).toEqual({ code: 'handled_already' });
    expect(await eventsOf(id)).toEqual([]);
  });

  it('that arrives again after it ended the watch is handled already', async () => {
    await store.watchJob('dts-1');
    await end();
    expect(await end()).toEqual({ code: 'handled_already' });
  });

  /** Ends the watch by another command, right after the first one has found it. */
  const endAfterFinding = (also: () => Promise<unknown> = async () => undefined) => {
    const { watches } = context;
    let isFirst = true;
    context = {
      ...context,
      watches: {
        ...watches,
        async watching(jobId) {
          const found = await watches.watching(jobId);
          if (!isFirst) return found;
          isFirst = false;
          expect(await end('UASK', 'D8')).toBeUndefined();
          await also();
          return found;
        },
      },
    };
  };

  it('says that the job is not watched if the watch has just ended', async () => {
    const { id } = await store.watchJob('dts-1');
    endAfterFinding();
    expect(await end()).toEqual(notWatched);
    expect(await eventsOf(id)).toEqual([{ type: 'unwatched' }]);
  });

  it('says the same if the watch is past retention by now', async () => {
    const { id } = await store.watchJob('dts-1');
    endAfterFinding(() => store.retention.erase(id, minutes(9)));
    expect(await end()).toEqual(notWatched);
  });

  it('ends although a request has the job by now', async () => {
    await store.watchJob('dts-1');
    await store.create(await store.ask(), undefined, 'dts-1');
    expect(await end()).toBeUndefined();
  });

  it('says the same to people who may not see the watch, and about a request’s job', async () => {
    await store.watchJob('dts-1');
    facts.sees = 'no';
    facts.members.set('C1', 'no');
    expect(await end('UEVE')).toEqual(notWatched);
    facts.sees = 'yes';
    expect(await end()).toBeUndefined();
    await store.create(await store.ask(), undefined, 'dts-1');
    expect(await end('UASK', 'D10')).toEqual(notWatched);
  });

  it('says that Slack did not confirm who may see the watch, whether or not there is one', async () => {
    facts.sees = 'unknown';
    facts.members.set('C1', 'unknown');
    const unsure = { code: 'watch_unknown', jobId: 'dts-1' };
    expect(await end('UEVE')).toEqual(unsure);
    const { id } = await store.watchJob('dts-1');
    expect(await end('UEVE')).toEqual(unsure);
    expect(await eventsOf(id)).toEqual([]);
  });

  it.each<[Membership, string]>([
    ['no', 'may_not_watch'],
    ['unknown', 'watchers_unknown'],
  ])(
    'of another person is refused and recorded if the answer to whether they may watch is %s',
    async (answer, code) => {
      const { id } = await store.watchJob('dts-1');
      facts.policy = { rules: [], otherwise: aRule(), watch: group };
      facts.members.set('SDBA', answer);
      expect(await end('UBOB')).toEqual({ code });
      expect(await eventsOf(id)).toEqual([
        { type: 'attempt_refused', action: 'unwatch', refusal: { code } },
      ]);
      expect(await end('UASK', 'D10')).toBeUndefined();
    },
  );
});

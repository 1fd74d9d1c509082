import type { ObservedJob } from '../../src/domain/job/job';
import type { JobLook } from '../../src/domain/request/operations/changeJob';
import { isWatch, watchEnded } from '../../src/domain/request/watch';
import type { DueJob } from '../../src/ports/jobStore';
import type { JobList } from '../../src/ports/migrationService';
import { follow } from '../../src/workflow/follow';
import { aRule } from '../support/aRule';
import { contextOn, notReached, type WholeContext } from '../support/contextOn';
import { shortenTimers } from '../support/shortenTimers';
import { aSeenJob, began, minutes, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let on: ReturnType<typeof contextOn>;
let ending: AbortController;
/** The jobs that were read one by one, and the lists. */
let calls: string[];
let listed: () => JobList;
let look: (jobId: string) => Promise<JobLook>;

const seenAs = (status: ObservedJob['status'], more: Partial<ObservedJob> = {}): ObservedJob => {
  const { since: _, seenAt: __, ...seen } = aSeenJob(status);
  return { ...seen, ...more };
};
const sees = (job: ObservedJob): JobLook => ({ kind: 'seen', job, settings: {} });
const failed = { kind: 'failed', problem: notReached } as const;

beforeEach(async () => {
  store = await storeOn('sqlite');
  on = contextOn(store);
  ending = new AbortController();
  calls = [];
  listed = () => ({ kind: 'listed', jobs: new Map() });
  look = async () => sees(seenAs('running'));
});
afterEach(() => store.close());

/** Follows the jobs that are due. */
const run = (changes: Partial<WholeContext> = {}) =>
  follow({
    ...on.context,
    ending: ending.signal,
    service: {
      ...on.context.service,
      async observeJob({ jobId }) {
        calls.push(jobId);
        return look(jobId);
      },
      async listJobs(_region, _api, wanted, beforePage, abandon) {
        calls.push(`list of ${wanted.size}`);
        await beforePage();
        return abandon.aborted ? failed : listed();
      },
    },
    ...changes,
  });
/** So many watched jobs with this status, which are due one minute after the beginning. */
async function watched(count: number, status: ObservedJob['status'] = 'running') {
  const ids: number[] = [];
  for (let index = 1; index <= count; index += 1) {
    const watch = await store.watchJob(`dts-${index}`, { job: aSeenJob(status) });
    await store.jobs.lookAt(watch.id, minutes(1));
    ids.push(watch.id);
  }
  on.clock.pass(60_000);
  return ids;
}
const listOf = (count: number, seen: ObservedJob): JobList => ({
  kind: 'listed',
  jobs: new Map(Array.from({ length: count }, (_, index) => [`dts-${index + 1}`, seen])),
});
const dueAt = async (ids: readonly number[]) => {
  const rows = await store.db
    .selectFrom('jobs')
    .select('look_at')
    .where('request_id', 'in', ids)
    .orderBy('request_id')
    .execute();
  return rows.map(({ look_at }) => look_at);
};
const at = (date: Date) => date.toISOString();
const events = async (id: number) =>
  (await store.requests.events(id, 1)).map(({ payload }) => payload);

describe('jobs that are due', () => {
  it('are claimed for two minutes', async () => {
    await watched(1);
    const claims: [Date, Date][] = [];
    const claimDue = async (...times: [Date, Date]): Promise<readonly DueJob[]> => {
      claims.push(times);
      return [];
    };
    await run({ jobs: { ...store.jobs, claimDue } });
    expect(claims).toEqual([[minutes(1), minutes(3)]]);
  });

  it('are listed from three jobs on, with one call a second', async () => {
    await watched(2);
    await run();
    expect(calls).toEqual(['dts-1', 'dts-2']);
    expect(on.clock.now()).toEqual(new Date(minutes(1).getTime() + 1_000));
    calls = [];
    const ids = await watched(3);
    listed = () => listOf(3, seenAs('running'));
    await run();
    expect(calls).toEqual(['list of 3']);
    expect(await events(ids[0] ?? 0)).toEqual([]);
  });

  it('have their progress shown after each look, also with the same status', async () => {
    let woken = 0;
    const wakeAnnouncer = (): void => {
      woken += 1;
    };
    await watched(1);
    await run({ wakeAnnouncer });
    expect(woken).toBe(1);
    const created = await store.create(await store.ask());
    await store.see(created, 'running', minutes(1));
    await store.jobs.lookAt(created.id, minutes(1));
    await run({ wakeAnnouncer });
    expect(await store.requests.announced(created.id)).toMatchObject({
      job: { status: 'running', seenAt: on.clock.now() },
    });
    expect(woken).toBe(2);
  });

  it.each([
    ['is recorded', undefined, 'paused'],
    ['counts for nothing if Ferry learned something later during the read', 0, 'completing'],
    ['is recorded if the clock of another process is ahead', 60_000, 'paused'],
  ])('what DTS said of a job %s', async (_, aheadMs, status) => {
    const created = await store.create(await store.ask());
    await store.see(created, 'running', began, began);
    look = async () => {
      on.clock.pass(1_000);
      // DTS accepts a cut-over before the answer to the read arrives.
      if (aheadMs !== undefined) {
        await store.see(created, 'completing', new Date(on.clock.now().getTime() + aheadMs));
      }
      return sees(seenAs('paused'));
    };
    await run();
    expect((await store.requests.find(created.id))?.job).toMatchObject({ status });
  });

  it('are not read again after a failed read if somebody ended the watch during it', async () => {
    const [id = 0] = await watched(1);
    look = async () => {
      const watch = await store.requests.announced(id);
      if (watch === undefined || !isWatch(watch)) throw new Error('there is no watch');
      const by = { userId: 'U1', name: 'One' };
      const change = { request: watch, by, at: on.clock.now(), ...watchEnded(by, on.clock.now()) };
      await store.watches.record(change);
      return failed;
    };
    await run();
    expect(await dueAt([id])).toEqual([null]);
  });

  it('are read one by one if the list has another status, or not the job', async () => {
    const [one = 0] = await watched(4);
    const jobs = new Map([
      ['dts-1', seenAs('paused')],
      ['dts-2', seenAs('running')],
      ['dts-4', seenAs('running')],
    ]);
    listed = () => ({ kind: 'listed', jobs });
    look = async (jobId) => sees(seenAs(jobId === 'dts-1' ? 'paused' : 'running'));
    await run();
    expect(calls).toEqual(['list of 4', 'dts-1', 'dts-3']);
    expect(await events(one)).toMatchObject([{ type: 'job_moved', to: 'paused' }]);
  });

  it('whose check has a result are read one by one until Ferry has it', async () => {
    await watched(3, 'check_failed');
    listed = () => listOf(3, seenAs('check_failed'));
    const checks = [{ name: 'Connection', result: 'failed' as const }];
    look = async () => sees(seenAs('check_failed', { checks }));
    await run();
    expect(calls).toEqual(['list of 3', 'dts-1', 'dts-2', 'dts-3']);
    calls = [];
    on.clock.pass(3_600_000);
    await run();
    expect(calls).toEqual(['list of 3']);
  });

  it('are read one by one if Ferry may not read the list', async () => {
    await watched(3);
    const problem = { kind: 'refused', code: 'UnauthorizedOperation', message: '', requestId: 'r' };
    listed = () => ({ kind: 'failed', problem: { ...problem, kind: 'refused' } });
    await run();
    expect(calls).toEqual(['list of 3', 'dts-1', 'dts-2', 'dts-3']);
  });

  it('are listed for at most a minute', async () => {
    const ids = await watched(3);
    const restore = shortenTimers(60_000, 1);
    const listing = run({
      service: {
        ...on.context.service,
        listJobs: (_region, _api, _wanted, _beforePage, abandon) =>
          new Promise((resolve) => abandon.addEventListener('abort', () => resolve(failed))),
      },
    });
    await listing.finally(restore);
    expect(await dueAt(ids)).toEqual(ids.map(() => at(minutes(2))));
  });

  it('are read again a minute after the list failed', async () => {
    const ids = await watched(3);
    listed = () => failed;
    await run();
    expect(calls).toEqual(['list of 3']);
    expect(await dueAt(ids)).toEqual(ids.map(() => at(minutes(2))));
    expect(on.logged).toEqual(
      ids.map((request, index) => [
        ...['warn', 'a job could not be read'],
        { request, job: `dts-${index + 1}`, problem: notReached },
      ]),
    );
  });
});

describe('when Ferry stops', () => {
  const stop = () => ending.abort();

  it('no call begins, and other processes may follow the jobs at once', async () => {
    const ids = await watched(2);
    look = async () => {
      stop();
      return sees(seenAs('running'));
    };
    await run();
    expect(calls).toEqual(['dts-1']);
    expect((await dueAt(ids))[1]).toBe(at(minutes(1)));
    expect(on.logged).toEqual([]);
  });

  it('a list is not read any further, and its jobs are given back without a warning', async () => {
    const ids = await watched(3);
    stop();
    await run();
    expect(calls).toEqual(['list of 3']);
    expect(await dueAt(ids)).toEqual(ids.map(() => at(on.clock.now())));
    expect(on.logged).toEqual([]);
  });
});

describe('a job', () => {
  it('whose watch ended during the call changes nothing', async () => {
    const [id = 0] = await watched(1);
    const by = { userId: 'UBOB', name: 'Bob' };
    look = async () => {
      const watch = await store.watches.holding('dts-1');
      if (watch === undefined || !isWatch(watch)) throw new Error('not watched');
      await store.watches.record({ request: watch, by, at: began, ...watchEnded(by, began) });
      return sees(seenAs('paused'));
    };
    await run();
    expect(await events(id)).toEqual([{ type: 'unwatched' }]);
    expect(await dueAt([id])).toEqual([null]);
  });

  it('whose request is past retention by now changes nothing', async () => {
    const ids = await watched(3);
    listed = () => listOf(3, seenAs('running'));
    const announced = async () => undefined;
    await run({ store: { ...store.requests, announced } });
    expect(calls).toEqual(['list of 3']);
    expect(await events(ids[0] ?? 0)).toEqual([]);
    expect(on.logged).toEqual([]);
  });

  it('that nobody starts is brought up again after its status changed', async () => {
    const hour = 3_600_000;
    const rule = aRule({ idleAfterMs: 2 * hour });
    const { id } = await store.create(await store.ask({ rule }));
    const idle = { type: 'job_idle' };
    const passHours = async (status: ObservedJob['status']) => {
      look = async () => sees(seenAs(status));
      for (let hours = 0; hours < 5; hours += 1) {
        on.clock.pass(hour);
        await run();
      }
    };
    await passHours('check_failed');
    const failedFirst = [{ type: 'job_moved', to: 'check_failed' }, idle];
    expect((await events(id)).slice(1)).toMatchObject(failedFirst);
    await passHours('check_passed');
    const passedNext = [{ type: 'job_moved', to: 'check_passed' }, idle];
    expect((await events(id)).slice(1)).toMatchObject([...failedFirst, ...passedNext]);
  });

  describe('with an automatic start', () => {
    const rule = aRule({ automatic: ['start_job'] });
    async function passed() {
      const request = await store.create(await store.ask({ rule }));
      on.clock.pass(60_000);
      look = async () => sees(seenAs('check_passed'));
      await run();
      return request.id;
    }

    it('is started if today’s rule is the one that people approved', async () => {
      on.facts.policy = { rules: [], otherwise: rule };
      const id = await passed();
      expect((await events(id)).slice(1)).toMatchObject([
        { type: 'job_moved', to: 'check_passed' },
        { type: 'automatic', operation: 'start_job' },
      ]);
    });

    it('waits while Slack does not say which rule applies', async () => {
      const requesters = [{ kind: 'group', groupId: 'SDBA' }] as const;
      on.facts.policy = {
        rules: [{ when: { requesters }, rule: aRule({ name: 'other' }) }],
        otherwise: rule,
      };
      on.facts.members.set('SDBA', 'unknown');
      const id = await passed();
      const moved = [{ type: 'job_moved', to: 'check_passed' }];
      expect((await events(id)).slice(1)).toMatchObject(moved);
      on.facts.members.set('SDBA', 'no');
      on.clock.pass(3_600_000);
      await run();
      expect((await events(id)).slice(1)).toMatchObject([
        ...moved,
        { type: 'automatic', operation: 'start_job' },
      ]);
    });
  });
});

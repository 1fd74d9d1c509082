import type { JobLook } from '../../src/domain/request/operations/changeJob';
import type { DueJob } from '../../src/ports/jobStore';
import { follow } from '../../src/workflow/follow';
import { contextOn, notReached } from '../support/contextOn';
import { limitsDuring } from '../support/limitsDuring';
import { shortenTimers } from '../support/shortenTimers';
import { aSeenJob, began, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
beforeEach(async () => {
  store = await storeOn('sqlite');
});
afterEach(() => store.close());

const dueJob = (requestId: number, changes: Partial<DueJob> = {}): DueJob => ({
  ...{ requestId, jobId: `dts-${requestId}`, region: 'ap-guangzhou', api: '2018-03-30' },
  seenAt: undefined,
  ...changes,
});
const three = [dueJob(1), dueJob(2), dueJob(3)];
const failed = { kind: 'failed', problem: notReached } as const;
const refused = (code: string) =>
  ({
    kind: 'failed',
    problem: { kind: 'refused', code, message: 'no', requestId: 'r' },
  }) as const;

/** Follows due jobs. Returns the calls, and when each job is read again, in ms from the start. */
async function following(
  due: readonly DueJob[],
  listJobs: (
    beforePage: () => Promise<void>,
    abandon: AbortSignal,
  ) => Promise<typeof failed | ReturnType<typeof refused>> = async () => failed,
  ending = new AbortController(),
  look: (api: DueJob['api']) => JobLook = () => failed,
) {
  const { clock, context, logged } = contextOn(store);
  const start = clock.now().getTime();
  const calls: unknown[] = [];
  const again: [number, number][] = [];
  const turns: unknown[] = [];
  const claims: number[] = [];
  const versions: DueJob['api'][] = [];
  await follow({
    ...context,
    ending: ending.signal,
    rateLimits: {
      async takeTurn(name, now, pace) {
        turns.push([name, pace]);
        return now;
      },
    },
    jobs: {
      ...context.jobs,
      async claimDue(now, until) {
        claims.push(until.getTime() - now.getTime());
        return due;
      },
      async postpone(id, at) {
        again.push([id, at.getTime() - start]);
      },
    },
    service: {
      async observeJob({ api, jobId }) {
        calls.push(['one', jobId]);
        versions.push(api);
        return look(api);
      },
      async listJobs(region, api, wanted, beforePage, abandon) {
        calls.push(['list', region, api, [...wanted]]);
        return listJobs(beforePage, abandon);
      },
    },
  });
  return { again, calls, claims, logged, turns, versions };
}

it('claims the due jobs for two minutes', async () => {
  expect((await following([])).claims).toEqual([120_000]);
});

it.each<[string, readonly DueJob[], unknown[]]>([
  [
    'two jobs one by one',
    three.slice(0, 2),
    [
      ['one', 'dts-1'],
      ['one', 'dts-2'],
    ],
  ],
  [
    'three jobs in a list',
    three,
    [['list', 'ap-guangzhou', '2018-03-30', ['dts-1', 'dts-2', 'dts-3']]],
  ],
  [
    'jobs of unknown versions one by one',
    three.map((job) => ({ ...job, api: undefined })),
    [
      ['one', 'dts-1'],
      ['one', 'dts-2'],
      ['one', 'dts-3'],
    ],
  ],
  [
    'each region and version separately',
    [...three, dueJob(4, { region: 'ap-tokyo' }), dueJob(5, { api: '2021-12-06' })],
    [
      ['list', 'ap-guangzhou', '2018-03-30', ['dts-1', 'dts-2', 'dts-3']],
      ['one', 'dts-4'],
      ['one', 'dts-5'],
    ],
  ],
])('reads %s', async (_, due, calls) => {
  expect((await following(due)).calls).toEqual(calls);
});

it('asks the newer version for a job of the older one once an hour, at another minute for each request', async () => {
  const start = contextOn(store).clock.now().getTime();
  const hour = 3_600_000;
  /** How many jobs, last read so long ago, Ferry reads through the newer version first. */
  const tried = async (agoMs: number) => {
    const seenAt = new Date(start - agoMs);
    const due = Array.from({ length: 60 }, (_, index) => dueJob(index + 1, { seenAt }));
    const { versions } = await following(due);
    return versions.filter((api) => api === '2021-12-06').length;
  };
  expect([await tried(hour), await tried(hour / 4), await tried(0)]).toEqual([60, 15, 0]);
});

it.each<[string, () => JobLook]>([
  ['cannot be read', () => failed],
  [
    'does not know it',
    () => {
      const { since: _since, seenAt: _seenAt, ...job } = aSeenJob('deleted');
      return { kind: 'seen', job, settings: {} };
    },
  ],
])('reads a job of the older version as before if the newer one %s', async (_, look) => {
  const due = [dueJob(1, { seenAt: new Date(0) })];
  const { turns, versions } = await following(due, undefined, undefined, (api) =>
    api === '2021-12-06' ? look() : failed,
  );
  expect(versions).toEqual(['2021-12-06', '2018-03-30']);
  expect(turns).toHaveLength(2);
});

it('reads each job if a list is forbidden, because that needs another permission', async () => {
  const { calls } = await following(three, async () => refused('UnauthorizedOperation'));
  expect(calls.slice(1)).toEqual([
    ['one', 'dts-1'],
    ['one', 'dts-2'],
    ['one', 'dts-3'],
  ]);
});

it.each([
  ['is refused for another reason', refused('InternalError')],
  ['does not arrive', failed],
])(
  'reads all jobs of a list that %s again after a minute, with a line in the log for each',
  async (_, answer) => {
    const { again, calls, logged } = await following(three, async () => answer);
    expect(calls.length).toBe(1);
    expect(again).toEqual([
      [1, 60_000],
      [2, 60_000],
      [3, 60_000],
    ]);
    const line = (id: number) => [
      'warn',
      'a job could not be read',
      { request: id, job: `dts-${id}`, problem: answer.problem },
    ];
    expect(logged).toEqual([line(1), line(2), line(3)]);
  },
);

it('reads a job that could not be read again after a minute', async () => {
  const { again, turns } = await following([dueJob(1)]);
  expect(again).toEqual([[1, 60_000]]);
  expect(turns).toEqual([['following', { spacingMs: 1_000, burst: 0 }]]);
});

it('waits ten seconds for one job', async () => {
  expect(await limitsDuring(() => following([dueJob(1)]))).toEqual([10_000]);
});

it('waits a minute for a list', async () => {
  const restore = shortenTimers(60_000, 1);
  const abandoned = (_: unknown, abandon: AbortSignal) =>
    new Promise<typeof failed>((resolve) => {
      abandon.addEventListener('abort', () => resolve(failed));
    });
  const { again } = await following(three, abandoned).finally(restore);
  expect(again.length).toBe(3);
});

describe('when Ferry stops', () => {
  it('a list that is being read is given up, and its jobs are given back', async () => {
    const ending = new AbortController();
    const aborted: boolean[] = [];
    const stopping = async (beforePage: () => Promise<void>, abandon: AbortSignal) => {
      await beforePage();
      aborted.push(abandon.aborted);
      ending.abort();
      await beforePage();
      aborted.push(abandon.aborted);
      return failed;
    };
    const { again, logged } = await following(three, stopping, ending);
    expect(aborted).toEqual([false, true]);
    expect(again).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    expect(logged).toEqual([]);
  });

  it('no further job is read, and all are given back', async () => {
    const ending = new AbortController();
    ending.abort();
    const { again, calls, turns } = await following(three.slice(0, 2), undefined, ending);
    expect([calls, turns]).toEqual([[], []]);
    expect(again).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });
});

it.each([
  ['of its job', 'dts-new', ['job_moved']],
  ['of the job that it had before', 'dts-old', []],
])('records for a request what a read %s found', async (_, jobId, events) => {
  const { id, version } = await store.create(await store.ask(), began, 'dts-new');
  const { context } = contextOn(store);
  const { since: _since, seenAt: _seenAt, ...job } = aSeenJob('deleted');
  await follow({
    ...context,
    jobs: {
      ...context.jobs,
      claimDue: async () => [dueJob(id, { jobId, api: undefined })],
    },
    service: { ...context.service, observeJob: async () => ({ kind: 'seen', job, settings: {} }) },
  });
  const recorded = await store.requests.events(id, version);
  expect(recorded.map(({ payload }) => payload.type)).toEqual(events);
});

import type { FollowedJob } from '../../src/domain/job/followed';
import { jobStatuses, type ObservedJob } from '../../src/domain/job/job';
import type { JobSettings } from '../../src/domain/migration/jobSettings';
import {
  isWatch,
  isWatchStatus,
  watchEnded,
  watchedJobOf,
  watchMoved,
  watchStatuses,
} from '../../src/domain/request/watch';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const at = new Date('2026-05-04T10:00:00Z');
const later = new Date('2026-05-04T11:00:00Z');
const running: ObservedJob = {
  ...{ api: '2021-12-06', status: 'running', said: 'running', steps: [], errors: [] },
};
const job: FollowedJob = { ...running, since: at, seenAt: at };

describe('what a watch remembers about its job', () => {
  const place = { jobId: 'dts-1', region: 'ap-guangzhou' };

  it.each<[JobSettings, object]>([
    [{}, { name: '' }],
    [{ JobName: 'shop' }, { name: 'shop' }],
    [
      { InstanceId: 'cdb-1', CvmInstanceId: 'ins-1', Ip: '10.0.0.1' },
      { name: '', source: 'cdb-1' },
    ],
    [
      { CvmInstanceId: 'ins-1', Ip: '10.0.0.1' },
      { name: '', source: 'ins-1' },
    ],
    [
      { Ip: '10.0.0.1', Port: '3306' },
      { name: '', source: '10.0.0.1:3306' },
    ],
    [{ Ip: '10.0.0.1' }, { name: '', source: '10.0.0.1' }],
    [{ Port: '3306' }, { name: '' }],
    [{ TargetId: 'cdb-2' }, { name: '', target: 'cdb-2' }],
  ])('%j', (settings, expected) => {
    expect(watchedJobOf(place, settings)).toEqual({ ...place, ...expected });
  });

  it('is at most 128 characters per text', () => {
    const long = {
      JobName: 'n'.repeat(129),
      InstanceId: 's'.repeat(129),
      TargetId: 't'.repeat(129),
    };
    expect(watchedJobOf(place, long)).toEqual({
      ...place,
      ...{ name: 'n'.repeat(128), source: 's'.repeat(128), target: 't'.repeat(128) },
    });
  });
});

it('only a watch has a status of watches', () => {
  expect(watchStatuses).toEqual(['watching', 'unwatched']);
  expect(watchStatuses.every(isWatchStatus)).toBe(true);
  expect(isWatchStatus('created')).toBe(false);
});

it('is not a request', () => {
  const { id, origin, version, channel, requester, askedAt, altered } = aRequest();
  const watched = { jobId: 'dts-1', region: 'ap-guangzhou', name: 'shop' };
  const common = { id, origin, version, channel, requester, askedAt, altered, rule: aRule() };
  expect(isWatch({ ...common, watched, state: { status: 'watching' }, job })).toBe(true);
  expect(isWatch(aRequest())).toBe(false);
});

describe('when a watched job moves', () => {
  const watching = { status: 'watching' } as const;

  it('nothing changes if it has the same status', () => {
    expect(watchMoved({ job, state: watching }, running, later)).toBeUndefined();
  });

  it('nothing changes because of one response that DTS does not know the job', () => {
    const deleted = { ...running, status: 'deleted', said: 'deleted' } as const;
    expect(watchMoved({ job, state: watching }, deleted, later)).toBeUndefined();
  });

  it.each(jobStatuses.filter((status) => status !== 'running'))(
    'the change to %s is recorded, and the watch ends if the job has ended',
    (status) => {
      // DTS has not found a deleted job since the watch began.
      const missing = status === 'deleted' ? { missingSince: at } : {};
      const moved = watchMoved(
        { job: { ...job, ...missing }, state: watching },
        { ...running, status, said: status },
        later,
      );
      expect(moved?.event).toMatchObject({ type: 'job_moved', from: 'running', to: status });
      expect(moved?.job).toMatchObject({ status, since: later, seenAt: later });
      const hasEnded = ['success', 'canceled', 'failed', 'deleted'].includes(status);
      expect(moved?.state).toEqual(hasEnded ? { status: 'unwatched', at: later } : watching);
    },
  );
});

it('ends when a person says so', () => {
  const by = { userId: 'UBOB', name: 'Bob' };
  expect(watchEnded(by, at)).toEqual({
    state: { status: 'unwatched', at, by },
    event: { type: 'unwatched' },
  });
});

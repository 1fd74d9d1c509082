import {
  jobStatusesWithin,
  passesFilter,
  type StatusGroup,
  statusGroups,
} from '../../src/domain/channel/home';
import { type JobStatus, jobStatuses } from '../../src/domain/job/job';
import type { RequestStatus } from '../../src/domain/request/request';
import { statuses } from '../../src/domain/request/states';

const requests: Readonly<Record<StatusGroup, readonly RequestStatus[]>> = {
  waiting: ['pending', 'prepared'],
  under_way: ['approved', 'launching', 'reconciling'],
  attention: ['discarding', 'failed', 'unconfirmed'],
  done: ['created', 'denied', 'withdrawn', 'expired'],
};

const jobs: Readonly<Record<StatusGroup, readonly JobStatus[]>> = {
  waiting: [],
  under_way: ['checking', 'running', 'completing', 'pausing', 'resuming', 'stopping'],
  attention: [
    ...(['creating', 'created', 'check_passed', 'check_failed', 'ready_run'] as const),
    ...(['ready_complete', 'paused', 'resumable_error', 'failed', 'error'] as const),
    ...(['unknown', 'other'] as const),
  ],
  done: ['success', 'canceled', 'deleted'],
};

it.each(statusGroups)(
  'the filter “%s” of the Home tab has its statuses, and no others',
  (status) => {
    const passed = statuses.filter((each) => passesFilter({ status }, each));
    expect(new Set(passed)).toEqual(new Set(requests[status]));
    expect(new Set(jobStatusesWithin({ status }))).toEqual(new Set(jobs[status]));
  },
);

it('without a filter, the Home tab has every status', () => {
  expect(statuses.every((each) => passesFilter({}, each))).toBe(true);
  expect(jobStatusesWithin({})).toEqual(jobStatuses);
});

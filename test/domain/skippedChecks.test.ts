import { followed } from '../../src/domain/job/followed';
import {
  allowedOn,
  type CheckItem,
  type JobApi,
  type JobOperation,
  type JobStatus,
  jobStatuses,
  type ObservedJob,
  showsSkip,
  skippable,
  withSkipped,
} from '../../src/domain/job/job';

const optimize: CheckItem = {
  ...{ name: 'Surrounding checks', result: 'failed' },
  ...{ id: 'OptimizeCheck', skipRisk: 'The migration may fail.' },
};
const version: CheckItem = { name: 'Version', result: 'failed', id: 'VersionCheck' };

const aJob = (
  status: JobStatus,
  checks: readonly CheckItem[] | undefined,
  api: JobApi = '2021-12-06',
  allowed?: readonly JobOperation[],
): ObservedJob => ({
  ...{ api, status, said: status, steps: [], errors: [] },
  ...(checks === undefined ? {} : { checks }),
  ...(allowed === undefined ? {} : { allowed }),
});

const mixed = [optimize, version];

it.each([
  { what: 'an item that DTS lets people skip', job: aJob('check_failed', mixed), offered: true },
  { what: 'only items that DTS requires', job: aJob('check_failed', [version]), offered: false },
  { what: 'no list of items', job: aJob('check_failed', undefined), offered: false },
  {
    what: 'an item with a warning',
    job: aJob('check_failed', [{ ...optimize, result: 'warning' }]),
    offered: false,
  },
  {
    what: 'an item that is skipped already',
    job: aJob('check_failed', [{ ...optimize, result: 'skipped' }]),
    offered: false,
  },
  {
    what: 'a job that only version 2018-03-30 knows',
    job: aJob('check_failed', mixed, '2018-03-30'),
    offered: false,
  },
  {
    what: 'a list of actions with the check',
    job: aJob('check_failed', mixed, '2021-12-06', ['check_job']),
    offered: true,
  },
  {
    what: 'a list of actions without the check',
    job: aJob('check_failed', mixed, '2021-12-06', ['delete_job']),
    offered: false,
  },
])('with $what, a skip is offered: $offered', ({ job, offered }) => {
  expect(allowedOn(job).includes('skip_check')).toBe(offered);
});

it.each(jobStatuses.filter((status) => status !== 'check_failed'))(
  'offers no skip in the status %s',
  (status) => {
    expect(allowedOn(aJob(status, mixed))).not.toContain('skip_check');
  },
);

it('leaves out the items that DTS requires', () => {
  expect(skippable(aJob('check_failed', mixed))).toEqual([optimize]);
});

describe('whether DTS skipped an item', () => {
  const skips = { items: [{ id: 'OptimizeCheck', name: 'Surrounding checks' }] };
  const skipped = withSkipped(aJob('check_failed', mixed), skips);

  it.each([
    { job: skipped, shown: true },
    { job: aJob('check_failed', mixed), shown: false },
    { job: aJob('check_passed', skipped.checks), shown: true },
    // The list of items can't be read now.
    { job: aJob('check_failed', undefined), shown: undefined },
    { job: aJob('checking', undefined), shown: undefined },
    { job: aJob('deleted', undefined), shown: false },
  ])('$job.status: $shown', ({ job, shown }) => {
    expect(showsSkip(job, skips)).toBe(shown);
  });

  it('leaves the results of other items as they were', () => {
    expect(skipped.checks).toEqual([{ ...optimize, result: 'skipped' }, version]);
  });
});

describe('the items of a check', () => {
  const at = new Date('2026-05-04T10:00:00Z');
  const before = followed(undefined, aJob('check_failed', mixed), at);

  it('stay while a list of jobs shows the same status', () => {
    expect(followed(before, aJob('check_failed', undefined), at).checks).toEqual(mixed);
  });

  it('are replaced by newer ones', () => {
    expect(followed(before, aJob('check_failed', [version]), at).checks).toEqual([version]);
  });

  it('end with the status', () => {
    expect(followed(before, aJob('checking', undefined), at).checks).toBeUndefined();
  });
});

import {
  allowedOn,
  hasEnded,
  isAutomatic,
  type JobApi,
  type JobOperation,
  type JobPhase,
  type JobStatus,
  jobOperations,
  jobStatuses,
  phaseOf,
  showsEffect,
  unstarted,
} from '../../src/domain/job/job';

/** What a list says about a job with this status, and what each version of the API allows. */
const expected: {
  readonly [Status in JobStatus]: readonly [
    JobPhase,
    Readonly<Record<JobApi, readonly JobOperation[]>>,
  ];
} = {
  creating: [
    'waiting',
    { '2018-03-30': ['check_job', 'modify_job', 'delete_job'], '2021-12-06': [] },
  ],
  created: ['waiting', both('check_job', 'modify_job', 'delete_job')],
  checking: ['running', both()],
  check_passed: ['waiting', both('check_job', 'start_job', 'modify_job', 'delete_job')],
  check_failed: ['failed', both('check_job', 'modify_job', 'delete_job')],
  ready_run: [
    'waiting',
    { '2018-03-30': ['delete_job'], '2021-12-06': ['stop_job', 'delete_job'] },
  ],
  running: ['running', { '2018-03-30': ['stop_job'], '2021-12-06': ['pause_job', 'stop_job'] }],
  ready_complete: ['waiting', both('complete_job', 'stop_job')],
  completing: ['running', both()],
  success: ['ended', both('delete_job')],
  pausing: ['running', both()],
  paused: [
    'waiting',
    { '2018-03-30': ['delete_job'], '2021-12-06': ['continue_job', 'stop_job', 'delete_job'] },
  ],
  resumable_error: [
    'failed',
    { '2018-03-30': ['delete_job'], '2021-12-06': ['resume_job', 'stop_job', 'delete_job'] },
  ],
  resuming: ['running', both()],
  stopping: ['running', both()],
  canceled: ['ended', { '2018-03-30': ['modify_job', 'delete_job'], '2021-12-06': ['delete_job'] }],
  failed: ['failed', { '2018-03-30': ['modify_job', 'delete_job'], '2021-12-06': ['delete_job'] }],
  error: [
    'failed',
    {
      '2018-03-30': ['modify_job', 'delete_job'],
      '2021-12-06': ['resume_job', 'stop_job', 'delete_job'],
    },
  ],
  unknown: ['waiting', { '2018-03-30': ['delete_job'], '2021-12-06': ['stop_job'] }],
  other: ['waiting', both()],
  deleted: ['ended', both()],
};

function both(...allowed: readonly JobOperation[]) {
  return { '2018-03-30': allowed, '2021-12-06': allowed };
}

describe.each(jobStatuses)('a job that is %s', (status) => {
  const [phase, allowed] = expected[status];

  it('has its place in lists', () => {
    expect(phaseOf(status)).toBe(phase);
  });

  it.each(['2018-03-30', '2021-12-06'] as const)(
    'allows the operations that version %s documents, if DTS lists none',
    (api) => {
      const sorted = jobOperations.filter((operation) => allowed[api].includes(operation));
      expect(allowedOn({ api, status, allowed: undefined, checks: undefined })).toEqual(sorted);
    },
  );

  it('allows what DTS lists, in the usual order', () => {
    const listed = ['delete_job', 'check_job', 'skip_check'] as const;
    const job = { api: '2021-12-06', status, allowed: listed, checks: undefined } as const;
    expect(allowedOn(job)).toEqual(['check_job', 'delete_job']);
  });
});

it('is not read again after it succeeded, was stopped, failed for good, or was deleted', () => {
  expect(jobStatuses.filter(hasEnded)).toEqual(['success', 'canceled', 'failed', 'deleted']);
});

it('was not started while it is created or checked', () => {
  expect(unstarted).toEqual(['creating', 'created', 'check_passed', 'check_failed']);
});

const afterStart = [
  ...(['running', 'ready_complete', 'resumable_error', 'failed', 'error', 'success'] as const),
];

it.each<[JobOperation, readonly JobStatus[]]>([
  ['check_job', ['checking', 'check_passed', 'check_failed']],
  ['start_job', ['ready_run', 'paused', ...afterStart]],
  ['modify_job', ['created']],
  ['complete_job', ['completing', 'success']],
  ['continue_job', ['resuming', ...afterStart]],
  ['resume_job', ['resuming', ...afterStart]],
  ['pause_job', ['pausing', 'paused']],
  ['stop_job', ['stopping', 'canceled', 'failed']],
  ['delete_job', ['deleted']],
  ['skip_check', []],
])(
  'the effect of %s is visible in the statuses %j, unless the job already had one',
  (operation, effects) => {
    const shown = jobStatuses.filter((status) => showsEffect(operation, {}, { status }));
    expect(new Set(shown)).toEqual(new Set(effects));
    for (const status of effects) {
      expect([status, showsEffect(operation, { status }, { status })]).toEqual([status, false]);
    }
  },
);

it('the effect of a deletion is also visible in the billing of a job', () => {
  const isolated = { status: 'failed', billing: 'isolated' } as const;
  expect(showsEffect('delete_job', { ...isolated, billing: 'billed' }, isolated)).toBe(true);
  expect(showsEffect('delete_job', isolated, { ...isolated, billing: 'billed' })).toBe(false);
  expect(showsEffect('stop_job', { status: 'failed' }, isolated)).toBe(false);
  // Its next deletion destroys it.
  expect(showsEffect('delete_job', isolated, isolated)).toBe(false);
  expect(showsEffect('delete_job', isolated, { ...isolated, status: 'deleted' })).toBe(true);
  // An earlier version stored only the status.
  expect(showsEffect('delete_job', { status: 'failed' }, isolated)).toBe(true);
});

it.each<[JobStatus, readonly JobStatus[]]>([
  ['creating', ['created']],
  ['created', []],
  ['checking', ['check_passed', 'check_failed']],
  ['check_passed', []],
  ['check_failed', []],
  ['ready_run', afterStart],
  ['running', afterStart.filter((status) => status !== 'running')],
  ['ready_complete', afterStart.filter((status) => status !== 'ready_complete')],
  ['completing', ['success', 'failed', 'error', 'resumable_error']],
  ['success', []],
  ['pausing', ['paused']],
  ['paused', []],
  ['resumable_error', []],
  ['resuming', afterStart],
  ['stopping', ['canceled', 'failed']],
  ['canceled', []],
  ['failed', []],
  ['error', []],
  ['unknown', []],
  ['other', []],
  ['deleted', []],
])('DTS moves a job that is %s automatically to %j', (from, to) => {
  const reached = jobStatuses.filter((status) => status !== from && isAutomatic(from, status));
  expect(new Set(reached)).toEqual(new Set(to));
});

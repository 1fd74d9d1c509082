import { z } from 'zod';
import { instant } from '../time/instant';

/** The versions of the DTS API that know jobs. */
export const jobApis = ['2018-03-30', '2021-12-06'] as const;
export type JobApi = (typeof jobApis)[number];

/**
 * The statuses of a job in both versions of the API. `other`: a status that Ferry doesn't know.
 * `deleted`: DTS no longer knows the job.
 */
export const jobStatuses = [
  'creating',
  'created',
  'checking',
  'check_passed',
  'check_failed',
  'ready_run',
  'running',
  'ready_complete',
  'completing',
  'success',
  'pausing',
  'paused',
  'resumable_error',
  'resuming',
  'stopping',
  'canceled',
  'failed',
  'error',
  'unknown',
  'other',
  'deleted',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** The operations on a job that exists, in the order in which a migration needs them. */
export const jobOperations = [
  'check_job',
  'start_job',
  'modify_job',
  'skip_check',
  'complete_job',
  'continue_job',
  'resume_job',
  'pause_job',
  'stop_job',
  'delete_job',
] as const;
export type JobOperation = (typeof jobOperations)[number];

const operationNames: ReadonlySet<string> = new Set(jobOperations);
export const isJobOperation = (name: string): name is JobOperation => operationNames.has(name);

/** What a resumed job does with the data in the target. Only redis has a choice. */
export const resumeOptions = ['normal', 'clearData', 'overwrite'] as const;
export type ResumeOption = (typeof resumeOptions)[number];

/** How the comparison of source and target ended, or that there is none. */
export const consistencies = [
  'unstart',
  'running',
  'canceled',
  'failed',
  'inconsistent',
  'consistent',
  'notexist',
] as const;

const jobStep = z.object({
  name: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  /** From 0 to 100. */
  percent: z.number().optional(),
  message: z.string().optional(),
});
export type JobStep = z.infer<typeof jobStep>;

const jobError = z.object({
  text: z.string(),
  solution: z.string().optional(),
  link: z.string().optional(),
});
export type JobError = z.infer<typeof jobError>;

/** An item of the check that DTS makes before the start. Texts are foreign. */
export const checkItem = z.object({
  name: z.string(),
  result: z.enum(['passed', 'warning', 'failed', 'skipped']),
  reason: z.string().optional(),
  solution: z.string().optional(),
  /** A page of Tencent Cloud's documentation. */
  link: z.string().optional(),
  /** The API's name of the item, if Ferry read it. */
  id: z.string().optional(),
  /** What may happen without the item. Only an item with a risk can be skipped. */
  skipRisk: z.string().optional(),
});
export type CheckItem = z.infer<typeof checkItem>;

/** True if DTS lists the results of the job's last check. */
export const mayHaveChecks = ({ api, status }: Pick<ObservedJob, 'api' | 'status'>): boolean =>
  api === '2021-12-06' && (status === 'check_failed' || status === 'check_passed');

/** The item for which DTS asks what to do with foreign keys. */
const foreignKeyCheck = 'ConstraintCheck';

/** What DTS does with foreign keys once their check is skipped. */
export const foreignKeyOptions = ['shield', 'migrate'] as const;
export type ForeignKeyOption = (typeof foreignKeyOptions)[number];

/** Items of a failed check that DTS passes over in its next check. Names are foreign. */
export const skippedChecks = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string() })).readonly(),
  foreignKeys: z.enum(foreignKeyOptions).exactOptional(),
});
export type SkippedChecks = z.infer<typeof skippedChecks>;

/** An item of a check that can be skipped. */
export type SkippableItem = CheckItem & { id: string; skipRisk: string };

const isSkippable = (item: CheckItem): item is SkippableItem =>
  item.result === 'failed' && item.id !== undefined && item.skipRisk !== undefined;

export const skippable = ({ checks = [] }: Pick<ObservedJob, 'checks'>): SkippableItem[] =>
  checks.filter(isSkippable);

export const asksForeignKeys = (items: readonly Pick<CheckItem, 'id'>[]): boolean =>
  items.some(({ id }) => id === foreignKeyCheck);

/** A job as DTS described it. Texts are foreign. */
export const observedJob = z.object({
  api: z.enum(jobApis),
  status: z.enum(jobStatuses),
  /** The status as the API wrote it. */
  said: z.string(),
  /** What the API allows now, if it says so. */
  allowed: z.array(z.enum(jobOperations)).readonly().optional(),
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  /** When a scheduled job runs. */
  runsAt: instant.optional(),
  steps: z.array(jobStep).readonly(),
  /** How far the target is behind the source, in seconds and in MB. */
  lagSeconds: z.number().optional(),
  lagMegabytes: z.number().optional(),
  errors: z.array(jobError).readonly(),
  /** The result of the last check, item by item, if Ferry could read it. */
  checks: z.array(checkItem).readonly().optional(),
  consistency: z.enum(consistencies).optional(),
  /** A billed job is isolated before it can be destroyed. */
  billing: z.enum(['billed', 'isolated']).optional(),
});
export type ObservedJob = z.infer<typeof observedJob>;

interface StatusFacts {
  /** What version 2018-03-30 allows, and what 2021-12-06 allows if it doesn't say so. */
  allows: Readonly<Record<JobApi, readonly JobOperation[]>>;
  /** The statuses that DTS itself gives the job next. */
  leadsTo: readonly JobStatus[];
  /** `moves`: it changes within moments. `waits`: a person has to act. */
  pace: 'moves' | 'runs' | 'waits' | 'ended';
}

const facts = (
  pace: StatusFacts['pace'],
  leadsTo: readonly JobStatus[],
  old: readonly JobOperation[] = [],
  current = old,
): StatusFacts => ({ pace, leadsTo, allows: { '2018-03-30': old, '2021-12-06': current } });

const runs: readonly JobStatus[] = [
  'running',
  'ready_complete',
  'resumable_error',
  'failed',
  'error',
  'success',
];

const statusFacts: Readonly<Record<JobStatus, StatusFacts>> = {
  creating: facts('waits', ['created'], ['check_job', 'modify_job', 'delete_job'], []),
  created: facts('waits', [], ['check_job', 'modify_job', 'delete_job']),
  checking: facts('moves', ['check_passed', 'check_failed']),
  check_passed: facts('waits', [], ['check_job', 'start_job', 'modify_job', 'delete_job']),
  check_failed: facts('waits', [], ['check_job', 'modify_job', 'delete_job']),
  ready_run: facts('waits', runs, ['delete_job'], ['stop_job', 'delete_job']),
  running: facts('runs', runs, ['stop_job'], ['pause_job', 'stop_job']),
  ready_complete: facts('runs', runs, ['complete_job', 'stop_job']),
  completing: facts('moves', ['success', 'failed', 'error', 'resumable_error']),
  success: facts('ended', [], ['delete_job']),
  pausing: facts('moves', ['paused']),
  paused: facts('waits', [], ['delete_job'], ['continue_job', 'stop_job', 'delete_job']),
  resumable_error: facts('waits', [], ['delete_job'], ['resume_job', 'stop_job', 'delete_job']),
  resuming: facts('moves', runs),
  stopping: facts('moves', ['canceled', 'failed']),
  canceled: facts('ended', [], ['modify_job', 'delete_job'], ['delete_job']),
  failed: facts('ended', [], ['modify_job', 'delete_job'], ['delete_job']),
  error: facts('waits', [], ['modify_job', 'delete_job'], ['resume_job', 'stop_job', 'delete_job']),
  unknown: facts('waits', [], ['delete_job'], ['stop_job']),
  other: facts('waits', []),
  deleted: facts('ended', []),
};

/** What a list of jobs says about a job. `waiting`: for a person or a time. */
export const jobPhases = ['failed', 'waiting', 'running', 'ended'] as const;
export type JobPhase = (typeof jobPhases)[number];

const phases: Readonly<Record<JobStatus, JobPhase>> = {
  creating: 'waiting',
  created: 'waiting',
  checking: 'running',
  check_passed: 'waiting',
  check_failed: 'failed',
  ready_run: 'waiting',
  running: 'running',
  ready_complete: 'waiting',
  completing: 'running',
  success: 'ended',
  pausing: 'running',
  paused: 'waiting',
  resumable_error: 'failed',
  resuming: 'running',
  stopping: 'running',
  canceled: 'ended',
  failed: 'failed',
  error: 'failed',
  unknown: 'waiting',
  other: 'waiting',
  deleted: 'ended',
};

export const phaseOf = (status: JobStatus): JobPhase => phases[status];

/** The statuses of some phases. */
export const statusesIn = (...wanted: readonly JobPhase[]): JobStatus[] =>
  jobStatuses.filter((status) => wanted.includes(phases[status]));

/** The statuses of a job that nobody has started. */
export const unstarted: readonly JobStatus[] = [
  'creating',
  'created',
  'check_passed',
  'check_failed',
];

/** True if nobody has started the job. */
export const isIdle = ({ status }: Pick<ObservedJob, 'status'>): boolean =>
  unstarted.includes(status);

/** True if someone may have started the job. DTS can check only a job that nobody has started. */
export const mayBeStarted = (job: Pick<ObservedJob, 'status'>): boolean =>
  !isIdle(job) && job.status !== 'checking';

/** True if Ferry no longer asks for a job with this status. */
export const hasEnded = (status: JobStatus): boolean => statusFacts[status].pace === 'ended';

/** The statuses of jobs that have not ended. */
export const followedStatuses = jobStatuses.filter((status) => !hasEnded(status));

/** What may be done with a job now, in the order of `jobOperations`. */
export function allowedOn(
  job: Pick<ObservedJob, 'allowed' | 'api' | 'checks' | 'status'>,
): readonly JobOperation[] {
  const { allowed, api, status } = job;
  const listed = allowed ?? statusFacts[status].allows[api];
  // DTS doesn't list the skip as an action. Its effect needs another check.
  const skips =
    api === '2021-12-06' &&
    status === 'check_failed' &&
    listed.includes('check_job') &&
    skippable(job).length > 0;
  return jobOperations.filter((operation) =>
    operation === 'skip_check' ? skips : listed.includes(operation),
  );
}

/** True if Ferry can't tell what a job with this status does. */
export const isUnclear = (status: JobStatus): boolean => status === 'unknown' || status === 'other';

/** A job that was stopped. Version 2018-03-30 has no status for it and says that it failed. */
export const stopped = (job: ObservedJob): ObservedJob =>
  job.api === '2018-03-30' && job.status === 'failed' ? { ...job, status: 'canceled' } : job;

/** True if DTS moves a job from one status to the other automatically. */
export function isAutomatic(from: JobStatus, to: JobStatus): boolean {
  const reached = new Set<JobStatus>([from]);
  for (const status of reached) for (const next of statusFacts[status].leadsTo) reached.add(next);
  return reached.has(to);
}

const second = 1_000;
const minute = 60 * second;
const intervals = {
  moves: { least: 3 * second, most: 15 * second },
  runs: { least: 10 * second, most: minute },
  waits: { least: 15 * second, most: 10 * minute },
  missing: { least: minute, most: 60 * minute },
} as const;

/** How long Ferry asks for a job that DTS doesn't know. */
const longestSearchMs = 24 * 60 * minute;

/**
 * When Ferry asks for the job again: often after a change, then less and less often, and right after a
 * scheduled start. `undefined`: never, because the job has ended. A job that DTS doesn't know may appear
 * again, even after it was treated as deleted.
 */
export function nextLook(
  {
    missingSince,
    runsAt,
    since,
    status,
  }: {
    missingSince?: Date | undefined;
    runsAt?: Date | undefined;
    since: Date;
    status: JobStatus;
  },
  now: Date,
): Date | undefined {
  const pace = missingSince === undefined ? statusFacts[status].pace : 'missing';
  if (pace === 'ended') return undefined;
  const { least, most } = intervals[pace];
  const age = Math.max(0, now.getTime() - (missingSince ?? since).getTime());
  if (pace === 'missing' && age > longestSearchMs) return undefined;
  const usual = now.getTime() + Math.min(most, Math.max(least, age / 4));
  const start = status === 'ready_run' && runsAt !== undefined && runsAt > now ? runsAt : undefined;
  return new Date(start === undefined ? usual : Math.min(usual, start.getTime() + least));
}

/** The status of a job right after DTS accepted an operation, until DTS reports one. */
const afterwards: Readonly<Record<Exclude<JobOperation, 'skip_check'>, JobStatus>> = {
  check_job: 'checking',
  start_job: 'running',
  // It has to be checked again.
  modify_job: 'created',
  complete_job: 'completing',
  continue_job: 'resuming',
  resume_job: 'resuming',
  pause_job: 'pausing',
  stop_job: 'stopping',
  delete_job: 'deleted',
};

/** The job as it is once DTS accepted an operation. */
export function accepted(
  job: ObservedJob,
  operation: keyof typeof afterwards,
  at: Date,
): ObservedJob {
  if (operation === 'delete_job' && job.billing === 'billed') {
    return { ...job, allowed: [], billing: 'isolated' };
  }
  const isScheduled = operation === 'start_job' && job.runsAt !== undefined && job.runsAt > at;
  // DTS is still creating it, with other parameters.
  const isStillCreating = operation === 'modify_job' && job.status === 'creating';
  const status = isScheduled ? 'ready_run' : isStillCreating ? job.status : afterwards[operation];
  // Nothing is offered until DTS says what it allows.
  return { ...job, allowed: [], status, said: status };
}

/** The statuses that show that an operation took effect, if the job had another status before. */
const effects: Readonly<Record<JobOperation, readonly JobStatus[]>> = {
  // The items of the check show it, not the status.
  skip_check: [],
  check_job: ['checking', 'check_passed', 'check_failed'],
  start_job: ['ready_run', 'paused', ...runs],
  modify_job: ['created'],
  complete_job: ['completing', 'success'],
  continue_job: ['resuming', ...runs],
  resume_job: ['resuming', ...runs],
  pause_job: ['pausing', 'paused'],
  stop_job: ['stopping', 'canceled', 'failed'],
  delete_job: ['deleted'],
};

/** What shows the effect of an operation on a job. */
type Effective = Pick<ObservedJob, 'billing' | 'status'>;

/** True if a job shows that an operation took effect, compared with what it showed before. */
export const showsEffect = (
  operation: JobOperation,
  before: Partial<Effective>,
  { billing, status }: Effective,
): boolean =>
  (status !== before.status && effects[operation].includes(status)) ||
  (operation === 'delete_job' && billing === 'isolated' && before.billing !== 'isolated');

/** The job as it is once DTS accepted the skip: the status stays until the next check. */
export const withSkipped = (job: ObservedJob, { items }: SkippedChecks): ObservedJob => ({
  ...job,
  checks: job.checks?.map((item) =>
    items.some(({ id }) => id === item.id) ? { ...item, result: 'skipped' } : item,
  ),
});

/** True if DTS shows all these items as skipped; `undefined` if their results can't be seen. */
export function showsSkip(
  { checks, status }: Pick<ObservedJob, 'checks' | 'status'>,
  { items }: SkippedChecks,
): boolean | undefined {
  const mayShow = status === 'checking' || status === 'check_failed' || status === 'check_passed';
  if (checks === undefined) return mayShow ? undefined : false;
  return items.every(({ id }) =>
    checks.some((item) => item.id === id && item.result === 'skipped'),
  );
}

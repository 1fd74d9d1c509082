import type { FailedCall } from '../../errors/callProblem';
import { followed } from '../../job/followed';
import {
  accepted,
  isAutomatic,
  type JobOperation,
  type ObservedJob,
  showsEffect,
  stopped,
} from '../../job/job';
import type { JobSettings } from '../../migration/jobSettings';
import { deadlines } from '../deadlines';
import type { InState, RequestState } from '../request';
import { isDecisiveStart, type OperationOnJob, shownBefore } from './operation';
import type { Approvals, Attempts, CamActions, Moment, OperationRules } from './rules';

const search = 'dts:DescribeMigrationDetail';

export const changeJobActions: Readonly<Record<JobOperation, CamActions>> = {
  check_job: { call: 'dts:CreateMigrateCheckJob', search },
  start_job: { call: 'dts:StartMigrateJob', search },
  modify_job: { call: 'dts:ModifyMigrateJob', search },
  skip_check: { call: 'dts:SkipCheckItem', search: 'dts:DescribeMigrationCheckJob' },
  pause_job: { call: 'dts:PauseMigrateJob', search },
  continue_job: { call: 'dts:ContinueMigrateJob', search },
  resume_job: { call: 'dts:ResumeMigrateJob', search },
  complete_job: { call: 'dts:CompleteMigrateJob', search },
  stop_job: { call: 'dts:StopMigrateJob', search },
  delete_job: { call: 'dts:DeleteMigrateJob', search },
};

/** What DTS said about the job after a call whose outcome is unknown. */
export type JobLook = { kind: 'seen'; job: ObservedJob; settings: JobSettings } | FailedCall;

/** The job after a call. */
export interface OperatedJob {
  job: ObservedJob;
}

/**
 * How the outcome of an operation on a job changes a request: it returns to the state before the
 * operation. Whether an unanswered call took effect shows in the job's status.
 */
export const changeJobRules = (operation: OperationOnJob): OperationRules<OperatedJob, JobLook> => {
  const { from, name } = operation;
  return {
    jobId: from.jobId,
    declined(ending, attempts) {
      const back = unperformed(from, attempts);
      return isDecisiveStart(operation) ? discard(back, ending, ending.at) : back;
    },
    done: (attempts, { job }, how, { at, shown }) => {
      const approvers = attempts.approvals.map(({ by }) => by.userId);
      const event = {
        ...({ type: 'operated', operation: name, how } as const),
        ...(approvers.length === 0 ? {} : { approvedBy: approvers }),
      };
      // What Ferry saw after the call is newer than its response.
      if (shown !== undefined) {
        const isOver = next(operation, shown, at).status !== shown.status;
        const state = afterCall(operation, attempts, shown);
        return { state, event: isOver ? { ...event, isOver } : event };
      }
      return {
        state: afterCall(operation, attempts, job),
        event,
        job: followed(undefined, rightAfter(operation, job, at), at),
      };
    },
    failed: ({ attempts }, problem, moment) => ({
      state: withoutCall(operation, attempts, moment),
      event: { type: 'failed', operation: name, problem },
    }),
    doubtIn: () => undefined,
    judge: (look, { hadEffect = false }) => {
      if (look.kind === 'failed') return { kind: 'not_shown' };
      return hadEffect || showsEffect(name, shownBefore(operation), look.job)
        ? { kind: 'done', result: { job: look.job } }
        : { kind: 'no_effect' };
    },
    // The job's status shows what an earlier call did.
    late: () => undefined,
  };
};

/** The job once DTS accepted the operation. */
const next = ({ name }: OperationOnJob, job: ObservedJob, at: Date): ObservedJob =>
  name === 'skip_check' ? job : accepted(job, name, at);

/**
 * The job right after the operation, even if a search found it in a later status. The next look
 * reports that one.
 */
function rightAfter(operation: OperationOnJob, found: ObservedJob, at: Date): ObservedJob {
  const job = operation.name === 'stop_job' ? stopped(found) : found;
  const first = next(operation, job, at);
  return first.status !== job.status && isAutomatic(first.status, job.status) ? first : job;
}

/**
 * The state before an operation that failed or that nobody wants anymore. The numbers of its attempts
 * stay used, so the late outcome of one of its calls never counts for the next operation.
 */
export const unperformed = <From extends OperationOnJob['from']>(
  from: From,
  attempts: number,
): From => (attempts > (from.attempts ?? 0) ? { ...from, attempts } : from);

/**
 * The state after an operation that failed or that the job no longer allows. The approvals were for
 * this start, so a prepared job waits for others, from now on.
 */
export const withoutCall = (
  operation: OperationOnJob,
  attempts: number,
  moment: Moment,
): OperationOnJob['from'] =>
  isDecisiveStart(operation)
    ? waitForStart(unperformed(operation.from, attempts), moment)
    : unperformed(operation.from, attempts);

/** A prepared job that waits for approvals of its start again, from now on. */
export const waitForStart = (
  { expireAt: _, remindAt: __, ...prepared }: InState<'prepared'>,
  { at, rule }: Moment,
): InState<'prepared'> => ({
  ...prepared,
  ...{ approvals: [], since: at, reminders: 0, ...deadlines(rule, at, 0) },
});

/** The state after DTS accepted an operation. */
function afterCall(
  operation: OperationOnJob,
  { approvals, attempts }: Attempts,
  job: ObservedJob,
): RequestState {
  const { from } = operation;
  if (isDecisiveStart(operation)) return started(operation.from, approvals, attempts);
  return from.status === 'discarding' && job.status === 'deleted'
    ? afterDeletion(from, attempts)
    : { ...from, attempts };
}

/** A request whose start was approved. */
export function started(
  { at, jobId, requestId }: InState<'prepared'>,
  approvals: Approvals,
  attempts: number | undefined,
): InState<'created'> {
  return {
    status: 'created',
    approvals,
    jobId,
    ...(requestId === undefined ? {} : { requestId }),
    at,
    ...(attempts === undefined ? {} : { attempts }),
  };
}

/** The job isn't needed anymore. Ferry deletes it, and then the request is in `next`. */
export const discard = (
  { attempts, jobId }: OperationOnJob['from'],
  next: InState<'discarding'>['next'],
  at: Date,
): InState<'discarding'> => ({
  status: 'discarding',
  jobId,
  at,
  next,
  ...(attempts === undefined ? {} : { attempts }),
});

/** The state of a request after its job was deleted. The numbers of attempts continue. */
export const afterDeletion = (
  { next, ...from }: InState<'discarding'>,
  attempts = from.attempts ?? 0,
): RequestState =>
  next.status === 'approved' ? { ...next, attempts: Math.max(attempts, next.attempts) } : next;

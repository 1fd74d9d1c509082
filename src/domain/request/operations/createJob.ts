import type { FailedCall } from '../../errors/callProblem';
import type { Transition } from '../change';
import { deadlines } from '../deadlines';
import type { CreatedJob, FoundJob } from '../launchOutcome';
import type { RequestState } from '../request';
import type { Attempts, Moment, OperationRules } from './rules';

export const createJobActions = {
  call: 'dts:CreateMigrateJob',
  search: 'dts:DescribeMigrateJobs',
} as const;

/**
 * The result of a search for the job. `isUnsure`: even a single job may not be this request's,
 * because another request with the same job name also has an unknown outcome, or because it is
 * older than the call by this machine's clock.
 */
export type CreationSearch =
  | { kind: 'found'; jobs: readonly FoundJob[]; isUnsure: boolean }
  | FailedCall;

/** How the outcome of `CreateMigrateJob` changes a request. */
export const createJobRules = (): OperationRules<CreatedJob, CreationSearch> => ({
  jobId: undefined,
  declined: (ending) => ending,
  done: jobExists,
  failed: ({ approvals, attempts }, problem, { at }) => ({
    state: { status: 'failed', approvals, problem, at, attempts },
    event: { type: 'failed', operation: 'create_job', problem },
  }),
  // A job like it exists already, and may be this request's.
  doubtIn: (problem) =>
    problem.kind === 'refused' && problem.code === 'InternalError.DuplicateJob'
      ? { ...problem, kind: 'duplicate' }
      : undefined,
  judge: (search, { doubt }) => {
    if (search.kind === 'failed') return { kind: 'nothing', searchProblem: search.problem };
    const { isUnsure, jobs: found } = search;
    const [only, ...others] = found;
    if (only === undefined) {
      // The job that caused the rejection belongs to another request.
      return doubt.kind === 'duplicate'
        ? { kind: 'failed', problem: { ...doubt, kind: 'refused' } }
        : { kind: 'nothing' };
    }
    return others.length > 0 || isUnsure
      ? { kind: 'unclear', found }
      : { kind: 'done', result: { jobId: only.jobId } };
  },
  // The earlier call may have created a second job.
  late: (state, attempt, outcome) => {
    if (outcome.kind !== 'done') return undefined;
    const { jobId } = outcome.result;
    if (jobOf(state) === jobId) return undefined;
    return { state, event: { type: 'stray_job', attempt, jobId } };
  },
});

/** The job was created. If nobody has approved the request yet, the approvals are for the start. */
export function jobExists(
  { approvals, attempts }: Attempts,
  { jobId, requestId }: CreatedJob,
  how: 'answered' | 'found' | 'chosen',
  { at, rule }: Moment,
): Transition {
  const job = { jobId, ...(requestId === undefined ? {} : { requestId }) };
  const event = { type: 'created', how, ...job } as const;
  if (approvals.length > 0) return { state: { status: 'created', approvals, ...job, at }, event };
  const times = { since: at, reminders: 0, ...deadlines(rule, at, 0) };
  return {
    state: { status: 'prepared', approvals, ...job, at, attempts, ...times },
    event: { ...event, approve: 'before_start' },
  };
}

/** The job of a request after its creation, also while an operation on the job is under way. */
function jobOf(state: RequestState): string | undefined {
  switch (state.status) {
    case 'created':
    case 'prepared':
    case 'discarding':
      return state.jobId;
    case 'pending':
    case 'approved':
    case 'launching':
    case 'reconciling':
    case 'unconfirmed':
      return state.operation.name === 'create_job' ? undefined : state.operation.from.jobId;
    default:
      return undefined;
  }
}

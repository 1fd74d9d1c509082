import { followed } from '../../job/followed';
import { type JobOperation, type ObservedJob, showsEffect } from '../../job/job';
import type { JobSettings } from '../../migration/jobSettings';
import type { LaunchProblem } from '../launchOutcome';
import type { OperationOnJob } from './operation';
import type { CamActions, OperationRules } from './rules';

const search = 'dts:DescribeMigrationDetail';

export const changeJobActions: Readonly<Record<JobOperation, CamActions>> = {
  check_job: { call: 'dts:CreateMigrateCheckJob', search },
  start_job: { call: 'dts:StartMigrateJob', search },
  modify_job: { call: 'dts:ModifyMigrateJob', search },
  pause_job: { call: 'dts:PauseMigrateJob', search },
  continue_job: { call: 'dts:ContinueMigrateJob', search },
  resume_job: { call: 'dts:ResumeMigrateJob', search },
  complete_job: { call: 'dts:CompleteMigrateJob', search },
  stop_job: { call: 'dts:StopMigrateJob', search },
  delete_job: { call: 'dts:DeleteMigrateJob', search },
};

/** What DTS said about the job after a call whose outcome is unknown. */
export type JobLook =
  | { kind: 'seen'; job: ObservedJob; settings: JobSettings }
  | { kind: 'failed'; problem: LaunchProblem };

/** The job after a call. */
export interface OperatedJob {
  job: ObservedJob;
}

/**
 * How the outcome of an operation on a job changes a request: it returns to the state before the
 * operation. Whether an unanswered call took effect shows in the job's status.
 */
export const changeJobRules = ({
  before,
  from,
  name,
}: OperationOnJob): OperationRules<OperatedJob, JobLook> => {
  const after = (attempt: number | undefined) => ({
    ...from,
    ...(attempt === undefined ? {} : { attempts: attempt }),
  });
  return {
    jobId: from.jobId,
    declined: () => from,
    done: (_approvals, { job }, how, at, attempt) => ({
      state: after(attempt),
      event: { type: 'operated', operation: name, how },
      job: followed(undefined, job, at),
    }),
    failed: (_approvals, problem, _at, attempt) => ({
      state: after(attempt),
      event: { type: 'failed', operation: name, problem },
    }),
    doubtIn: () => undefined,
    judge: (look) => {
      if (look.kind === 'failed') {
        return { kind: 'nothing', searchProblem: look.problem, atEnd: 'search_again' };
      }
      return showsEffect(name, before, look.job)
        ? { kind: 'done', result: { job: look.job } }
        : { kind: 'nothing', atEnd: { kind: 'no_effect' } };
    },
    // The job's status shows what an earlier call did.
    late: () => undefined,
  };
};

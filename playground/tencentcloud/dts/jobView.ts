import { beijingTime } from './beijingTime';
import { type CheckResult, checkResults, type Language } from './checks';
import { type DtsJob, factsOf } from './dtsJob';
import {
  allowedActions,
  type JobAction,
  type JobStatus,
  statusNumber,
  type Version,
} from './jobStatus';
import { lagOf, type StepState, stepStates } from './migrationSteps';
import type { Pace } from './pace';
import { stepName } from './stepName';

/** Everything about a job at one moment, for people who look at the account. */
export interface JobView {
  readonly jobId: string;
  readonly region: string;
  /** In Beijing time. */
  readonly createTime: string;
  readonly request: DtsJob['request'];
  readonly status: JobStatus;
  /** The status in 2018-03-30. */
  readonly statusNumber: number;
  readonly steps: readonly (StepState & { readonly name: string })[];
  readonly lag: { readonly seconds: number; readonly megabytes: number } | undefined;
  /** True if someone set the lag. */
  readonly isLagSet: boolean;
  readonly checks: readonly CheckResult[];
  readonly allowed: Readonly<Record<Version, readonly JobAction[]>>;
  readonly knownTo: readonly Version[];
  readonly isBilled: boolean;
  readonly isIsolated: boolean;
  readonly error: DtsJob['error'];
}

/** Describes a job as it is at `nowMs`. */
export function jobView(job: DtsJob, nowMs: number, pace: Pace, language: Language): JobView {
  const facts = factsOf(job);
  return {
    jobId: job.jobId,
    region: job.region,
    createTime: beijingTime(job.createdAtMs),
    request: job.request,
    status: job.status,
    statusNumber: statusNumber(job.status),
    steps: stepStates(job, nowMs, pace).map((step) => ({
      ...step,
      name: stepName(step.id, language),
    })),
    lag: lagOf(job, nowMs, pace),
    isLagSet: job.lag !== undefined,
    checks: checkResults(job, nowMs, pace, language),
    allowed: {
      '2018-03-30': allowedActions(facts, '2018-03-30'),
      '2021-12-06': allowedActions(facts, '2021-12-06'),
    },
    knownTo: job.knownTo,
    isBilled: job.isBilled,
    isIsolated: facts.isIsolated,
    error: job.error,
  };
}

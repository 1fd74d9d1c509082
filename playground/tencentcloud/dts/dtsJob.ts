import type { CreateMigrateJobRequest } from './createMigrateJobRequest';

/** A migration job. Nothing runs: it was created, and its status says no more. */
export interface DtsJob {
  /** `dts-` and eight base-36 digits. */
  readonly jobId: string;
  /** The region of the creating request; other regions do not see the job. */
  readonly region: string;
  /** Endpoint clock, ms. */
  readonly createdAtMs: number;
  /** The same as UTC+8 text. */
  readonly createTime: string;
  /** From this moment (endpoint clock, ms) the job is created; until then it is being created. */
  readonly readyAtMs: number;
  /** `index` of the call that created it. */
  readonly callIndex: number;
  /** The parameters as received, passwords included. */
  readonly request: CreateMigrateJobRequest;
}

/** Creating. */
export const STATUS_CREATING = 1;
/** Created, not running: only the documentation of 2018 names it. */
export const STATUS_CREATED = 2;

/** The job's `Status` at `nowMs` (endpoint clock, ms). */
export function statusOf(job: DtsJob, nowMs: number): number {
  return nowMs < job.readyAtMs ? STATUS_CREATING : STATUS_CREATED;
}

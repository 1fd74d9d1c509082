import type { CreateMigrateJobRequest } from './createMigrateJobRequest';

/** A migration job. It never runs, so its status doesn't change after the creation. */
export interface DtsJob {
  /** `dts-` and eight base-36 digits. */
  readonly jobId: string;
  /** The region of the request that created it. Other regions don't see the job. */
  readonly region: string;
  /** The endpoint's clock, in ms. */
  readonly createdAtMs: number;
  /** The same as text in UTC+8. */
  readonly createTime: string;
  /** When its creation ends by the endpoint's clock, in ms. */
  readonly readyAtMs: number;
  /** The `index` of the call that created it. */
  readonly callIndex: number;
  /** The parameters as received, including passwords. */
  readonly request: CreateMigrateJobRequest;
}

export const STATUS_CREATING = 1;
/** Created but not running. Only the documentation of 2018 lists it. */
export const STATUS_CREATED = 2;

/** The job's `Status` at `nowMs` (the endpoint's clock, in ms). */
export function statusOf(job: DtsJob, nowMs: number): number {
  return nowMs < job.readyAtMs ? STATUS_CREATING : STATUS_CREATED;
}

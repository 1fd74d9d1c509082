import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import type { ActionFacts, JobStatus, Version } from './jobStatus';

/** Why a migration stopped. */
export interface JobError {
  readonly code: string;
  readonly log: string;
  readonly solution: string;
  readonly helpDoc: string;
}

/** A step that has begun. */
export interface RunStep {
  readonly startedAtMs: number;
  readonly finishedAtMs?: number;
}

/** A migration that was started. */
export interface Run {
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  /** The time that it has worked before the current stretch, in ms. */
  readonly doneMs: number;
  /** When the current stretch began; undefined while nothing moves. */
  readonly movingSinceMs: number | undefined;
  /** The steps that have begun, in order. */
  readonly steps: readonly RunStep[];
}

/** A check item that does not pass. */
export interface FailingCheck {
  /** `ConnectDBCheck`, `DstEmptyCheck`, … */
  readonly stepId: string;
  /** With `warning` the check passes all the same. */
  readonly result: 'failed' | 'warning';
  /** How long: until the job's parameters change, or always. */
  readonly until: 'modified' | 'always';
}

/** The last check of a job's parameters. */
export interface Check {
  readonly startedAtMs: number;
  readonly finishedAtMs?: number;
  readonly failing: readonly FailingCheck[];
  /** The steps that were skipped. */
  readonly skipped: readonly string[];
}

/** How far the target is behind the source. */
export interface Lag {
  readonly seconds: number;
  readonly megabytes: number;
  /** Since when, by the endpoint's clock, in ms. */
  readonly sinceMs: number;
}

/** Limits of speed in an order that ModifyMigrateRateLimit documents. */
export interface RateLimits {
  readonly DumpThread?: number | undefined;
  readonly DumpRps?: number | undefined;
  readonly LoadThread?: number | undefined;
  readonly LoadRps?: number | undefined;
  readonly SinkerThread?: number | undefined;
}

/** A migration job. Times are ms of the endpoint's clock. */
export interface DtsJob {
  /** `dts-` and eight base-36 digits. */
  readonly jobId: string;
  /** The region of the request that created it. Other regions don't see the job. */
  readonly region: string;
  readonly createdAtMs: number;
  /** The `index` of the call that created it; undefined for a job that was created in the console. */
  readonly callIndex: number | undefined;
  /** The parameters as received and modified, including passwords. */
  readonly request: CreateMigrateJobRequest;
  /** The versions of the API that know the job. */
  readonly knownTo: readonly Version[];
  readonly status: JobStatus;
  /** When the status began. */
  readonly sinceMs: number;
  readonly updatedAtMs: number;
  /** Undefined before the first check, and after a change of the parameters. */
  readonly check: Check | undefined;
  /** What the next check will find. */
  readonly failing: readonly FailingCheck[];
  /** The check items that were skipped with SkipCheckItem. */
  readonly skipped: readonly string[];
  readonly run: Run | undefined;
  readonly error: JobError | undefined;
  /** A lag that someone set; undefined for the one that follows from the time. */
  readonly lag: Lag | undefined;
  readonly completesAtOnce: boolean;
  readonly comparison: 'consistent' | 'inconsistent' | 'failed';
  readonly isBilled: boolean;
  readonly isolatedAtMs: number | undefined;
  readonly rateLimits: RateLimits;
}

/** The endpoint's writable view of a `DtsJob`. */
export type MutableJob = { -readonly [Field in keyof DtsJob]: DtsJob[Field] };

export function factsOf(job: DtsJob): ActionFacts {
  return {
    status: job.status,
    engine: job.request.SrcDatabaseType,
    isBilled: job.isBilled,
    isIsolated: job.isolatedAtMs !== undefined,
  };
}

/** Sets a job's status at a time of the endpoint's clock, in ms. */
export function become(job: MutableJob, status: JobStatus, atMs: number): void {
  job.status = status;
  job.sinceMs = atMs;
  job.updatedAtMs = atMs;
}

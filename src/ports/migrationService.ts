import type { FailedCall, IdleJobs } from '../domain/errors/callProblem';
import type {
  JobApi,
  JobOperation,
  ObservedJob,
  ResumeOption,
  SkippedChecks,
} from '../domain/job/job';
import type { MigrationParameters } from '../domain/migration/migration';
import type { CallOutcome, CreatedJob, FoundJob } from '../domain/request/launchOutcome';
import type { JobLook } from '../domain/request/operations/changeJob';
import type { SecretValues } from './secretReader';

/** The moment in which a call is sent. */
export interface Sending {
  /** Asked right before the first byte. Resolves to false if the call may no longer be made. */
  mayBegin(): Promise<boolean>;
  /** Called once the connection has the call. */
  hasBegun(): void;
}

/** The jobs that match, or why the search failed. */
export type JobSearch = { kind: 'found'; jobs: readonly FoundJob[] } | FailedCall;

/**
 * The jobs that a call may have created. `areOlder`: by this machine's clock, which may be wrong, all
 * of them are older than the call.
 */
export type CallSearch =
  | { kind: 'found'; jobs: readonly FoundJob[]; areOlder: boolean }
  | FailedCall;

/** A job, and the version of the API that knows it, once Ferry has found that out. */
export interface JobPlace {
  jobId: string;
  region: string;
  api: JobApi | undefined;
}

/** The jobs of a region by ID, or why the list couldn't be read. */
export type JobList = { kind: 'listed'; jobs: ReadonlyMap<string, ObservedJob> } | FailedCall;

/** A call that changes a job. */
export type JobChange =
  | { name: Exclude<JobOperation, 'modify_job' | 'resume_job' | 'skip_check'> }
  | { name: 'skip_check'; skips: SkippedChecks }
  | { name: 'resume_job'; option: ResumeOption };

/** DTS. No function rejects, except `listJobs` if `beforePage` does; `abandon` ends the wait. */
export interface MigrationService {
  /**
   * Calls `CreateMigrateJob` once. If `abandon` aborts after the call was made, the outcome is
   * `unknown`. If `sending` doesn't allow it, the call is not made.
   */
  createMigrateJob(
    parameters: MigrationParameters,
    secrets: SecretValues,
    abandon: AbortSignal,
    sending: Sending,
  ): Promise<CallOutcome<CreatedJob>>;
  /** The jobs that a call with these parameters at `calledAt` can have created. */
  findJobs(
    parameters: MigrationParameters,
    calledAt: Date,
    abandon: AbortSignal,
  ): Promise<CallSearch>;
  findJobsNamed(region: string, jobName: string, abandon: AbortSignal): Promise<JobSearch>;
  /**
   * Asks for one job: version 2021-12-06 first, and 2018-03-30 if that doesn't know the job. A job
   * that its version no longer knows is `deleted`.
   */
  observeJob(place: JobPlace, abandon: AbortSignal): Promise<JobLook>;
  /**
   * The newest jobs of a region, up to the wanted ones, as one version lists them. `beforePage`
   * resolves when the next page may be read.
   */
  listJobs(
    region: string,
    api: JobApi,
    wanted: ReadonlySet<string>,
    beforePage: () => Promise<void>,
    abandon: AbortSignal,
  ): Promise<JobList>;
  /** Makes one call that changes a job. Like `createMigrateJob`, it is never repeated. */
  changeJob(
    place: JobPlace,
    change: JobChange,
    job: Pick<ObservedJob, 'billing'>,
    abandon: AbortSignal,
    sending: Sending,
  ): Promise<CallOutcome<undefined>>;
  /** Changes the parameters of a job once. Like `createMigrateJob`, it is never repeated. */
  modifyJob(
    place: JobPlace,
    parameters: MigrationParameters,
    secrets: SecretValues,
    abandon: AbortSignal,
    sending: Sending,
  ): Promise<CallOutcome<undefined>>;
  /** The jobs of a region that were created and never started, oldest first. */
  idleJobs(region: string, abandon: AbortSignal): Promise<IdleJobs>;
}

import type { MigrationParameters } from '../domain/migration/migration';
import type {
  CallOutcome,
  CreatedJob,
  FoundJob,
  IdleJobs,
  LaunchProblem,
} from '../domain/request/launchOutcome';
import type { SecretValues } from './secretReader';

/**
 * Asked right before the first byte of a call. Resolves to false if the call may no longer be made.
 */
export type MaySend = () => Promise<boolean>;

/** The jobs that match, or why the search failed. */
export type JobSearch =
  | { kind: 'found'; jobs: readonly FoundJob[] }
  | { kind: 'failed'; problem: LaunchProblem };

/** DTS. No function rejects; `abandon` ends the wait. */
export interface MigrationService {
  /**
   * Calls `CreateMigrateJob` once. If `abandon` aborts after the call was made, the outcome is
   * `unknown`. If `maySend` resolves to false, the call is not made.
   */
  createMigrateJob(
    parameters: MigrationParameters,
    secrets: SecretValues,
    abandon: AbortSignal,
    maySend?: MaySend,
  ): Promise<CallOutcome<CreatedJob>>;
  /** The jobs that a call with these parameters at `calledAt` can have created. */
  findJobs(
    parameters: MigrationParameters,
    calledAt: Date,
    abandon: AbortSignal,
  ): Promise<JobSearch>;
  findJobsNamed(region: string, jobName: string, abandon: AbortSignal): Promise<JobSearch>;
  /** The jobs of a region that were created and never started, oldest first. */
  idleJobs(region: string, abandon: AbortSignal): Promise<IdleJobs>;
}

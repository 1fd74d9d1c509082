import { type Refusal, refusal } from '../endpoint/refusal';
import { advance, beginRun, goOn, halt } from './advance';
import { become, type FailingCheck, factsOf, type MutableJob } from './dtsJob';
import { allowedActions, type JobAction, type Version } from './jobStatus';
import { isIncremental } from './migrationSteps';
import type { Pace } from './pace';

export type ResumeOption = 'normal' | 'clearData' | 'overwrite';

/** An action on a job, with what it needs. `modify` and `skip` change the job themselves. */
export type Deed =
  | { readonly action: Exclude<JobAction, 'complete' | 'resume'> }
  | { readonly action: 'complete'; readonly mode: 'waitForSync' | 'immediately' }
  | { readonly action: 'resume'; readonly option: ResumeOption };

export interface DeedContext {
  readonly version: Version;
  readonly nowMs: number;
  readonly pace: Pace;
  readonly jobs: Map<string, MutableJob>;
  /** What the next check of any job finds in addition. It is used once. */
  readonly plannedFailures: FailingCheck[];
}

type Done = { readonly kind: 'done' } | Refusal;

/**
 * Performs an action on a job that is advanced to `nowMs`. Refuses what the job's status does not
 * allow, with the code that the documentation of the action lists for that.
 */
export function performAction(job: MutableJob, deed: Deed, context: DeedContext): Done {
  const { version, nowMs, pace } = context;
  if (!allowedActions(factsOf(job), version).includes(deed.action)) {
    const code = conflictCode(deed.action, version);
    return refusal(code, `The job ${job.jobId} is ${job.status}, so it cannot ${deed.action}.`);
  }
  const refused = refuse(job, deed, version);
  if (refused !== undefined) return refused;
  job.updatedAtMs = nowMs;
  perform(job, deed, context);
  advance(job, nowMs, pace);
  return { kind: 'done' };
}

/** The documented codes for a wrong status. */
function conflictCode(action: JobAction, version: Version): string {
  switch (action) {
    case 'start':
    case 'stop':
    case 'complete':
    case 'delete':
      return 'FailedOperation.StatusInConflict';
    case 'check':
      return 'OperationDenied.JobOperationDeniedError';
    case 'modify':
      return version === '2018-03-30'
        ? 'FailedOperation.NotAllowOperation'
        : 'OperationDenied.OperationDeniedError';
    default:
      return 'OperationDenied.OperationDeniedError';
  }
}

function refuse(job: MutableJob, deed: Deed, version: Version): Refusal | undefined {
  const value = 'InvalidParameterValue.InvalidParameterValueError';
  const isRedis = job.request.SrcDatabaseType === 'redis';
  if (deed.action === 'resume' && isRedis === (deed.option === 'normal')) {
    return refusal(value, `The ResumeOption ${deed.option} is not for this engine.`);
  }
  if (deed.action === 'complete') {
    if (!isIncremental(job.request)) {
      return refusal(conflictCode('complete', version), 'Only incremental jobs are completed.');
    }
    if (deed.mode === 'immediately' && job.request.SrcDatabaseType !== 'mysql') {
      return refusal(value, 'The CompleteMode immediately is for MySQL only.');
    }
  }
  if (deed.action === 'delete' && job.isBilled) {
    return refusal('OperationDenied.OperationDenied', 'A billed job is isolated first.');
  }
  return undefined;
}

function perform(job: MutableJob, deed: Deed, context: DeedContext): void {
  const { nowMs, jobs } = context;
  switch (deed.action) {
    case 'check':
      job.check = {
        startedAtMs: nowMs,
        failing: [...job.failing, ...context.plannedFailures.splice(0)],
        skipped: job.skipped,
      };
      job.failing = job.check.failing;
      become(job, 'checking', nowMs);
      return;
    case 'start':
      if (job.request.MigrateOption.RunMode === 2) become(job, 'readyRun', nowMs);
      else beginRun(job, nowMs);
      return;
    case 'pause':
      halt(job, nowMs);
      become(job, 'pausing', nowMs);
      return;
    case 'continue':
      goOn(job, nowMs);
      return;
    case 'resume':
      // Without the data, the target needs a new copy, and so does a failed migration.
      if (job.run !== undefined && (deed.option === 'clearData' || job.status === 'failed')) {
        const { startedAtMs } = job.run;
        job.run = { startedAtMs, doneMs: 0, movingSinceMs: undefined, steps: [] };
      }
      become(job, 'resuming', nowMs);
      return;
    case 'complete':
      job.completesAtOnce = deed.mode === 'immediately';
      become(job, 'completing', nowMs);
      return;
    case 'stop':
      halt(job, nowMs);
      become(job, 'stopping', nowMs);
      return;
    case 'isolate':
      if (!job.isBilled) jobs.delete(job.jobId);
      else isolate(job, nowMs);
      return;
    case 'recover':
      job.isolatedAtMs = undefined;
      return;
    case 'delete':
    case 'destroy':
      jobs.delete(job.jobId);
      return;
    case 'modify':
    case 'skip':
      return;
    default:
      deed satisfies never;
  }
}

/** A billed job that is isolated does not run, and keeps its other statuses. */
function isolate(job: MutableJob, nowMs: number): void {
  job.isolatedAtMs = nowMs;
  if (job.run === undefined || job.run.endedAtMs !== undefined) return;
  halt(job, nowMs);
  job.run = { ...job.run, endedAtMs: nowMs };
  become(job, 'canceled', nowMs);
}

import { advance, endRun, halt } from '../dts/advance';
import { brokenRule } from '../dts/brokenRule';
import { isCheckId, type Language } from '../dts/checks';
import type { CreateMigrateJobRequest } from '../dts/createMigrateJobRequest';
import { become, type FailingCheck, factsOf, type JobError, type MutableJob } from '../dts/dtsJob';
import { allowedActions, type JobAction, type Version, versions } from '../dts/jobStatus';
import { type JobView, jobView } from '../dts/jobView';
import { newJob } from '../dts/newJob';
import type { Pace } from '../dts/pace';
import { type Deed, performAction, type ResumeOption } from '../dts/performAction';
import type { Refusal } from './refusal';

/** What a person can do with a job in Tencent Cloud's console. */
export type ConsoleDeed =
  | { readonly action: Exclude<JobAction, 'modify' | 'skip' | 'complete' | 'resume' | 'isolate'> }
  | { readonly action: 'complete' }
  | { readonly action: 'resume'; readonly option?: ResumeOption }
  | { readonly action: 'rename'; readonly name: string };

/** Changes jobs from outside the API. */
export interface JobControls {
  /**
   * Creates a job like a person in the console, without a call. Both versions know it. Returns its
   * JobId. Throws if the request is invalid.
   */
  create(region: string, request: CreateMigrateJobRequest): string;
  /**
   * Acts like a person in the console, where the rules of both versions apply. No call is recorded.
   * Returns the refusal, if the job's status does not allow it.
   */
  act(jobId: string, deed: ConsoleDeed): { readonly kind: 'done' } | Refusal;
  /**
   * Lets a check item fail, or pass with a warning. Without a job, it is the next check of any job.
   */
  failCheck(
    stepId: string,
    options?: {
      readonly jobId?: string;
      readonly result?: FailingCheck['result'];
      readonly until?: FailingCheck['until'];
    },
  ): void;
  /** Lets all check items of a job pass. */
  passChecks(jobId: string): void;
  /**
   * Stops a migration with an error: one that can be resumed, or one that ends it. `error` replaces
   * parts of the default.
   */
  fail(jobId: string, how: 'resumable' | 'final' | 'error', error?: Partial<JobError>): void;
  /** Keeps the lag at a value. Without one, it follows from the time again. */
  setLag(jobId: string, lag?: { readonly seconds: number; readonly megabytes: number }): void;
  /** What the comparison of the data finds. */
  setComparison(jobId: string, found: 'consistent' | 'inconsistent' | 'failed'): void;
  /** The versions of the API that know a job. */
  setKnownTo(jobId: string, versions: readonly Version[]): void;
  setBilled(jobId: string, isBilled: boolean): void;
  /** Gives a job a status that no action leads to, such as `unknown`. */
  setUnknown(jobId: string): void;
  /** Revokes or restores the account's permission for an action in all versions. */
  setPermission(action: string, isAllowed: boolean): void;
  /** The actions without permission. */
  readonly forbidden: readonly string[];
  /** The check items that fail in the next check of any job. */
  readonly plannedFailures: readonly FailingCheck[];
  /** Forgets the planned failures of the next check. */
  clearPlannedFailures(): void;
  /** All jobs as they are now, the oldest first. */
  views(language: Language): readonly JobView[];
}

const DEFAULT_ERROR: JobError = {
  code: 'LoaderError',
  log: 'Lock wait timeout exceeded; try restarting transaction',
  solution: 'End long transactions at the target, and resume the job.',
  helpDoc: 'https://cloud.tencent.com/document/product/571/61639',
};

interface Parts {
  readonly jobs: Map<string, MutableJob>;
  readonly plannedFailures: FailingCheck[];
  readonly forbidden: Set<string>;
  readonly pace: Pace;
  now(): number;
  changed(): void;
}

export function createJobControls(parts: Parts): JobControls {
  const { jobs, plannedFailures, forbidden, pace } = parts;

  /** Changes a job that is advanced to now. Throws if there is none. */
  const change = <T>(jobId: string, act: (job: MutableJob, nowMs: number) => T): T => {
    const job = jobs.get(jobId);
    if (job === undefined) throw new RangeError(`there is no job ${jobId}`);
    const nowMs = parts.now();
    advance(job, nowMs, pace);
    const result = act(job, nowMs);
    advance(job, nowMs, pace);
    parts.changed();
    return result;
  };

  return {
    create(region, request) {
      const nowMs = parts.now();
      const broken = brokenRule(request, { nowMs, region, dstRegion: 'any' });
      if (broken !== undefined) throw new RangeError(broken.message);
      const about = { region, callIndex: undefined, knownTo: versions, isBilled: false };
      const { jobId } = newJob(jobs, request, nowMs, about);
      parts.changed();
      return jobId;
    },
    act: (jobId, deed) =>
      change(jobId, (job, nowMs) => {
        if (deed.action === 'rename') {
          job.request = { ...job.request, JobName: deed.name };
          job.updatedAtMs = nowMs;
          return { kind: 'done' };
        }
        const asked = asDeed(deed, job);
        const facts = factsOf(job);
        const isNew = allowedActions(facts, '2021-12-06').includes(asked.action);
        const version = isNew ? '2021-12-06' : '2018-03-30';
        return performAction(job, asked, { version, nowMs, pace, jobs, plannedFailures });
      }),
    failCheck: (stepId, { jobId, result = 'failed', until = 'modified' } = {}) => {
      if (!isCheckId(stepId)) throw new RangeError(`there is no check item ${stepId}`);
      const failing = { stepId, result, until };
      if (jobId === undefined) {
        plannedFailures.push(failing);
        parts.changed();
      } else {
        change(jobId, (job) => {
          job.failing = [...job.failing.filter((each) => each.stepId !== stepId), failing];
          // A check that runs notices it, too.
          if (job.status === 'checking' && job.check !== undefined) {
            job.check = { ...job.check, failing: job.failing };
          }
        });
      }
    },
    passChecks: (jobId) =>
      change(jobId, (job) => {
        job.failing = [];
      }),
    fail: (jobId, how, error = {}) =>
      change(jobId, (job, nowMs) => {
        if (job.run === undefined || job.run.endedAtMs !== undefined) {
          throw new RangeError(`the job ${jobId} does not run`);
        }
        halt(job, nowMs);
        job.error = { ...DEFAULT_ERROR, ...error };
        if (how === 'final') endRun(job, 'failed', nowMs);
        else become(job, how === 'resumable' ? 'resumableErr' : 'error', nowMs);
      }),
    setLag: (jobId, lag) =>
      change(jobId, (job, nowMs) => {
        job.lag = lag === undefined ? undefined : { ...lag, sinceMs: nowMs };
      }),
    setComparison: (jobId, found) =>
      change(jobId, (job) => {
        job.comparison = found;
      }),
    setKnownTo: (jobId, versions) =>
      change(jobId, (job) => {
        job.knownTo = versions;
      }),
    setBilled: (jobId, isBilled) =>
      change(jobId, (job) => {
        job.isBilled = isBilled;
      }),
    setUnknown: (jobId) =>
      change(jobId, (job, nowMs) => {
        halt(job, nowMs);
        become(job, 'unknown', nowMs);
      }),
    get forbidden() {
      return [...forbidden];
    },
    get plannedFailures() {
      return [...plannedFailures];
    },
    clearPlannedFailures: () => {
      plannedFailures.splice(0);
      parts.changed();
    },
    views: (language) => {
      const nowMs = parts.now();
      return [...jobs.values()].map((job) => {
        advance(job, nowMs, pace);
        return jobView(job, nowMs, pace, language);
      });
    },
    setPermission: (action, isAllowed) => {
      if (isAllowed) forbidden.delete(action);
      else forbidden.add(action);
      parts.changed();
    },
  };
}

/** The console deletes a billed job by isolating it. */
function asDeed(deed: Exclude<ConsoleDeed, { action: 'rename' }>, job: MutableJob): Deed {
  switch (deed.action) {
    case 'complete':
      return { action: 'complete', mode: 'waitForSync' };
    case 'resume': {
      const usual = job.request.SrcDatabaseType === 'redis' ? 'overwrite' : 'normal';
      return { action: 'resume', option: deed.option ?? usual };
    }
    case 'delete':
      return { action: job.isBilled ? 'isolate' : 'delete' };
    default:
      return { action: deed.action };
  }
}

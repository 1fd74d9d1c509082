import { beijingTimeMs } from './beijingTime';
import { become, type MutableJob, type RunStep } from './dtsJob';
import { durationOf, isIncremental, stepsOf } from './migrationSteps';
import type { Pace } from './pace';

/** An automatic change, and when it happens. */
interface Change {
  readonly atMs: number;
  readonly happen: (atMs: number) => void;
}

/** Brings a job to `nowMs` of the endpoint's clock: everything that was due has happened. */
export function advance(job: MutableJob, nowMs: number, pace: Pace): void {
  for (;;) {
    const next = nextChange(job, pace);
    if (next === undefined || next.atMs > nowMs) return;
    next.happen(next.atMs);
  }
}

function nextChange(job: MutableJob, pace: Pace): Change | undefined {
  const after = (ms: number, happen: Change['happen']): Change => ({
    atMs: job.sinceMs + ms,
    happen,
  });
  switch (job.status) {
    case 'creating':
      return after(pace.creatingMs, (atMs) => become(job, 'created', atMs));
    case 'checking':
      return after(pace.checkingMs, (atMs) => finishCheck(job, atMs));
    case 'readyRun':
      return { atMs: Math.max(job.sinceMs, startTimeMs(job)), happen: (at) => beginRun(job, at) };
    case 'running':
      return nextStep(job, pace);
    case 'completing':
      return completion(job, pace);
    case 'pausing':
      return after(pace.pausingMs, (atMs) => become(job, 'manualPaused', atMs));
    case 'resuming':
      return after(pace.resumingMs, (atMs) => goOn(job, atMs));
    case 'stopping':
      return after(pace.stoppingMs, (atMs) => endRun(job, 'canceled', atMs));
    case 'created':
    case 'checkPass':
    case 'checkNotPass':
    case 'readyComplete':
    case 'success':
    case 'failed':
    case 'canceled':
    case 'manualPaused':
    case 'resumableErr':
    case 'error':
    case 'unknown':
      return undefined;
    default:
      return job.status satisfies never;
  }
}

function startTimeMs({ request }: MutableJob): number {
  return beijingTimeMs(request.MigrateOption.ExpectTime ?? '') ?? 0;
}

function finishCheck(job: MutableJob, atMs: number): void {
  if (job.check === undefined) return;
  job.check = { ...job.check, finishedAtMs: atMs };
  const { failing, skipped } = job.check;
  const isPassed = failing.every(
    ({ stepId, result }) => result === 'warning' || skipped.includes(stepId),
  );
  become(job, isPassed ? 'checkPass' : 'checkNotPass', atMs);
}

/** Starts a migration from its first step. */
export function beginRun(job: MutableJob, atMs: number): void {
  const { startedAtMs } = job.run ?? { startedAtMs: atMs };
  job.run = { startedAtMs, doneMs: 0, movingSinceMs: atMs, steps: [{ startedAtMs: atMs }] };
  job.error = undefined;
  become(job, 'running', atMs);
}

/** Continues a paused migration. */
export function goOn(job: MutableJob, atMs: number): void {
  if (job.run === undefined || job.run.steps.length === 0) {
    beginRun(job, atMs);
    return;
  }
  const { endedAtMs: _, ...run } = job.run;
  job.run = { ...run, movingSinceMs: atMs };
  job.error = undefined;
  become(job, 'running', atMs);
}

/** Pauses a migration and keeps its progress. */
export function halt(job: MutableJob, atMs: number): void {
  const { run } = job;
  if (run?.movingSinceMs === undefined) return;
  job.run = { ...run, doneMs: run.doneMs + atMs - run.movingSinceMs, movingSinceMs: undefined };
}

/** Ends a migration. With `success`, its last step is finished. */
export function endRun(
  job: MutableJob,
  status: 'success' | 'failed' | 'canceled',
  atMs: number,
): void {
  halt(job, atMs);
  if (job.run !== undefined) {
    const steps = status === 'success' ? finishLast(job.run.steps, atMs) : job.run.steps;
    job.run = { ...job.run, steps, endedAtMs: atMs };
  }
  become(job, status, atMs);
}

/** The end of the current step, at which the next one begins, or the job waits or ends. */
function nextStep(job: MutableJob, pace: Pace): Change | undefined {
  const { run } = job;
  if (run?.movingSinceMs === undefined) return undefined;
  const steps = stepsOf(job.request);
  const begun = run.steps.length;
  const workMs = steps.slice(0, begun).reduce((sum, step) => sum + durationOf(step, pace), 0);
  return {
    atMs: Math.max(job.sinceMs, run.movingSinceMs + workMs - run.doneMs),
    happen: (atMs) => {
      if (begun < steps.length) {
        job.run = { ...run, steps: [...finishLast(run.steps, atMs), { startedAtMs: atMs }] };
        job.updatedAtMs = atMs;
      } else if (isIncremental(job.request)) {
        become(job, 'readyComplete', atMs);
      } else {
        endRun(job, 'success', atMs);
      }
    },
  };
}

/** `waitForSync` completes when the lag is zero, `immediately` in any case. */
function completion(job: MutableJob, pace: Pace): Change | undefined {
  const { lag } = job;
  const waits = !job.completesAtOnce && lag !== undefined;
  if (waits && lag.seconds + lag.megabytes > 0) return undefined;
  const atMs = job.sinceMs + pace.completingMs;
  return {
    atMs: waits ? Math.max(atMs, lag.sinceMs) : atMs,
    happen: (at) => endRun(job, 'success', at),
  };
}

function finishLast(steps: readonly RunStep[], atMs: number): readonly RunStep[] {
  return steps.map((step, index) =>
    index === steps.length - 1 ? { ...step, finishedAtMs: atMs } : step,
  );
}

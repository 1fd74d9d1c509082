import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import type { DtsJob } from './dtsJob';
import type { Pace } from './pace';

/** The steps of a migration, with the IDs of the official example of 2021-12-06. */
export type StepId = 'dumper' | 'loader' | 'sinker';

/** True if the job transfers changes after the data; the default of 2021-12-06. */
export function isIncremental({ MigrateOption }: CreateMigrateJobRequest): boolean {
  return (MigrateOption.MigrateType ?? 3) === 3;
}

/** All steps of a job in their order. */
export function stepsOf(request: CreateMigrateJobRequest): readonly StepId[] {
  return isIncremental(request) ? ['dumper', 'loader', 'sinker'] : ['dumper', 'loader'];
}

const DURATIONS = {
  dumper: ({ exportMs }: Pace) => exportMs,
  loader: ({ importMs }: Pace) => importMs,
  sinker: ({ catchUpMs }: Pace) => catchUpMs,
};

/** How long a step takes, in ms. The last one of an incremental migration goes on after that. */
export function durationOf(step: StepId, pace: Pace): number {
  return DURATIONS[step](pace);
}

/** A step as both versions describe it. */
export interface StepState {
  readonly id: StepId;
  readonly state: 'notStarted' | 'running' | 'success' | 'failed';
  readonly startedAtMs: number | undefined;
  readonly finishedAtMs: number | undefined;
  /** 0 to 100. */
  readonly percent: number;
}

/** The steps of a job, none before it runs. The job must be advanced to `nowMs`. */
export function stepStates(job: DtsJob, nowMs: number, pace: Pace): readonly StepState[] {
  const { run } = job;
  if (run === undefined) return [];
  const steps = stepsOf(job.request);
  let before = 0;
  return steps.map((id, index) => {
    const started = run.steps[index];
    const duration = durationOf(id, pace);
    const worked = workedMs(job, nowMs) - before;
    before += duration;
    const share = duration === 0 ? 1 : Math.min(1, Math.max(0, worked / duration));
    const isLast = index === run.steps.length - 1;
    const state =
      started === undefined
        ? 'notStarted'
        : started.finishedAtMs !== undefined
          ? 'success'
          : isLast && job.error !== undefined
            ? 'failed'
            : 'running';
    return {
      id,
      state,
      startedAtMs: started?.startedAtMs,
      finishedAtMs: started?.finishedAtMs,
      percent: state === 'success' ? 100 : state === 'notStarted' ? 0 : Math.floor(100 * share),
    };
  });
}

/** For how long a job has worked at its steps, in ms. */
function workedMs({ run }: DtsJob, nowMs: number): number {
  if (run === undefined) return 0;
  return run.doneMs + (run.movingSinceMs === undefined ? 0 : nowMs - run.movingSinceMs);
}

/**
 * How far the target is behind, in seconds and megabytes; undefined unless changes are being
 * transferred. Without a lag that someone set, it shrinks from the time that the copy took to zero.
 */
export function lagOf(
  job: DtsJob,
  nowMs: number,
  pace: Pace,
): { readonly seconds: number; readonly megabytes: number } | undefined {
  const { status, run, lag } = job;
  const isMoving = status === 'running' || status === 'readyComplete' || status === 'completing';
  if (!isMoving || run?.steps.length !== 3) return undefined;
  if (lag !== undefined) return lag;
  const copyMs = pace.exportMs + pace.importMs;
  const caughtUp = pace.catchUpMs === 0 ? 1 : (workedMs(job, nowMs) - copyMs) / pace.catchUpMs;
  const seconds = Math.ceil(Math.max(0, 1 - caughtUp) * (copyMs / 1_000));
  return { seconds, megabytes: Math.ceil(seconds / 2) };
}

/** The comparison of the data: its state in 2021-12-06. */
export function comparisonOf(job: DtsJob, nowMs: number, pace: Pace): string {
  const wanted = job.request.MigrateOption.ConsistencyType;
  if (wanted !== 2 && wanted !== 3) return 'notexist';
  const copiedAtMs = job.run?.steps[1]?.finishedAtMs;
  if (copiedAtMs === undefined) return job.run?.endedAtMs === undefined ? 'unstart' : 'canceled';
  if (nowMs < copiedAtMs + pace.comparingMs) {
    return job.status === 'canceled' ? 'canceled' : 'running';
  }
  return job.comparison;
}

import { z } from 'zod';
import { instant } from '../time/instant';
import { type ObservedJob, stopped } from './job';

const point = z.object({ percent: z.number(), at: instant });

/** How a step's percent moved while Ferry watched. */
const stepPace = z.object({
  /** The step's position, from 0. */
  step: z.number(),
  /** What Ferry saw first. */
  first: point,
  /** The last time that Ferry saw a higher percent than before. */
  last: point,
  /** How often Ferry saw a higher percent than before. */
  rises: z.number(),
});
type StepPace = z.infer<typeof stepPace>;

/** How far the target is behind the source, in seconds and in MB. */
const lag = z.object({ lagSeconds: z.number().optional(), lagMegabytes: z.number().optional() });
type Lag = z.infer<typeof lag>;

/** What Ferry noted about a job beyond what DTS said last. */
export const jobNotes = z.object({
  pace: stepPace.optional(),
  /** The lag when the cut-over began. */
  cutOver: lag.optional(),
  /** True if the target has caught up since the job began or continued to run. */
  hasCaughtUp: z.literal(true).optional(),
  /** Since when DTS says that the job does not exist. */
  missingSince: instant.optional(),
});

/** A job that Ferry follows. */
export interface FollowedJob extends ObservedJob, z.infer<typeof jobNotes> {
  /** Since when it has its status, as far as Ferry saw. */
  since: Date;
  seenAt: Date;
}

/** DTS may not find a job that exists, for example while Ferry has the keys of another account. */
const missingGraceMs = 10 * 60_000;

/**
 * A job as DTS described it at `at`, with what Ferry knew before. A job that DTS no longer knows is
 * deleted once DTS has said so for a while.
 */
export function followed(
  before: FollowedJob | undefined,
  described: ObservedJob,
  at: Date,
): FollowedJob {
  const missingSince = missing(before, described, at);
  if (
    before !== undefined &&
    missingSince !== undefined &&
    at.getTime() - missingSince.getTime() < missingGraceMs
  ) {
    return { ...before, seenAt: at, missingSince };
  }
  const wasStopped = before?.status === 'stopping' || before?.status === 'canceled';
  const seen = wasStopped ? stopped(described) : described;
  const isSame =
    before?.status === seen.status && (seen.status !== 'other' || before.said === seen.said);
  // A list of jobs has no results of checks.
  const checks = seen.checks ?? (isSame ? before.checks : undefined);
  const pace = paceAfter(before?.pace, seen, at);
  const cutOver = cutOverLag(before, seen);
  const hasCaughtUp =
    seen.status === 'ready_complete' || (seen.status === 'running' && before?.hasCaughtUp === true);
  return {
    ...seen,
    ...(checks === undefined ? {} : { checks }),
    since: isSame ? before.since : at,
    seenAt: at,
    ...(pace === undefined ? {} : { pace }),
    ...(cutOver === undefined ? {} : { cutOver }),
    ...(hasCaughtUp ? { hasCaughtUp } : {}),
    ...(missingSince === undefined ? {} : { missingSince }),
  };
}

/** Since when DTS doesn't know a job; `undefined` for a job that Ferry deleted. */
function missing(
  before: FollowedJob | undefined,
  { status }: ObservedJob,
  at: Date,
): Date | undefined {
  if (before === undefined || status !== 'deleted') return undefined;
  return before.missingSince ?? (before.status === 'deleted' ? undefined : at);
}

/** Since when DTS doesn't know a job that Ferry doesn't treat as deleted yet. */
export const missedSince = (job: FollowedJob | undefined): Date | undefined =>
  job?.status === 'deleted' ? undefined : job?.missingSince;

function paceAfter(
  before: StepPace | undefined,
  { status, steps }: ObservedJob,
  at: Date,
): StepPace | undefined {
  const step = steps.findIndex((each) => each.status === 'running');
  const percent = steps[step]?.percent;
  if (status !== 'running' || percent === undefined) return undefined;
  const now = { percent, at };
  if (before?.step !== step || percent < before.last.percent) {
    return { step, first: now, last: now, rises: 0 };
  }
  return percent === before.last.percent
    ? before
    : { ...before, last: now, rises: before.rises + 1 };
}

/** Keeps the lag from the beginning of the cut-over. Later reads show the lag during it. */
function cutOverLag(before: FollowedJob | undefined, seen: ObservedJob): Lag | undefined {
  if (seen.status !== 'completing' && seen.status !== 'success') return undefined;
  if (before?.cutOver !== undefined) return before.cutOver;
  const known = seen.status === 'completing' && hasLag(seen) ? seen : before;
  if (known === undefined || !hasLag(known)) return undefined;
  const { lagMegabytes, lagSeconds } = known;
  return {
    ...(lagSeconds === undefined ? {} : { lagSeconds }),
    ...(lagMegabytes === undefined ? {} : { lagMegabytes }),
  };
}

const hasLag = ({ lagMegabytes, lagSeconds }: Lag): boolean =>
  lagSeconds !== undefined || lagMegabytes !== undefined;

/** Lags in the same range, in seconds or MB: less than 5, or within about a quarter of each other. */
const roughly = (amount: number): number =>
  amount < 5 ? 0 : Math.round(1.25 ** Math.round(Math.log(amount) / Math.log(1.25)));

/**
 * The job with its lag in ranges. The lag changes with every read, and Slack allows about 50 updates
 * of messages a minute, so a card is drawn again only if the range changes.
 */
export const withRoughLag = (job: FollowedJob): FollowedJob => ({
  ...job,
  ...(job.lagSeconds === undefined ? {} : { lagSeconds: roughly(job.lagSeconds) }),
  ...(job.lagMegabytes === undefined ? {} : { lagMegabytes: roughly(job.lagMegabytes) }),
});

/** Ferry estimates only after it saw this much of a step. */
const leastPercent = 10;
const leastMs = 3 * 60_000;
const leastRises = 3;
/** After this many times the usual time between rises, the step is not moving. */
const mostWait = 3;

/**
 * The time until the running step ends if it continues as fast as Ferry saw it, in ms. `undefined`
 * until Ferry saw enough of the step, while the percent does not rise, and once the estimate is
 * used up. The steps after it are not included, because nothing shows how long they take.
 */
export function remainingMs({
  pace,
  seenAt,
}: Pick<FollowedJob, 'pace' | 'seenAt'>): number | undefined {
  if (pace === undefined) return undefined;
  const { first, last, rises } = pace;
  const gained = last.percent - first.percent;
  const tookMs = last.at.getTime() - first.at.getTime();
  if (gained < leastPercent || tookMs < leastMs || rises < leastRises) return undefined;
  const sinceRiseMs = seenAt.getTime() - last.at.getTime();
  if (sinceRiseMs > mostWait * (tookMs / rises)) return undefined;
  const leftMs = (100 - last.percent) * (tookMs / gained) - sinceRiseMs;
  return leftMs > 0 ? leftMs : undefined;
}

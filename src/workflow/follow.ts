import { isForbiddenProblem } from '../domain/errors/callProblem';
import { followed, missedSince } from '../domain/job/followed';
import { mayHaveChecks, nextLook, type ObservedJob } from '../domain/job/job';
import { agreedDecision, automaticOperation } from '../domain/request/automatic';
import type { Transition } from '../domain/request/change';
import { broughtUp, moved } from '../domain/request/moved';
import type { JobLook } from '../domain/request/operations/changeJob';
import type { MigrationRequest } from '../domain/request/request';
import { jobIdIn } from '../domain/request/states';
import { type Announced, handedOver, isWatch, watchMoved } from '../domain/request/watch';
import { after } from '../domain/time/offset';
import { longestReadMs } from '../domain/time/turns';
import type { Clock } from '../ports/clock';
import type { DueJob, JobStore } from '../ports/jobStore';
import type { Log } from '../ports/log';
import type { JobPlace, MigrationService } from '../ports/migrationService';
import type { RateLimits } from '../ports/rateLimits';
import type { WatchStore } from '../ports/watchStore';
import {
  type CommitContext,
  type Committed,
  commit,
  commitWatch,
  type Step,
  type WatchStep,
} from './commit';
import type { RuleContext } from './resolveRule';
import { todaysRuling } from './today';

export interface FollowContext extends CommitContext, RuleContext {
  clock: Clock;
  jobs: JobStore;
  log: Log;
  rateLimits: Pick<RateLimits, 'takeTurn'>;
  service: Pick<MigrationService, 'listJobs' | 'observeJob'>;
  /** Aborted when Ferry stops. Then no call begins, and other processes follow the jobs. */
  ending: AbortSignal;
  watches: Pick<WatchStore, 'holding' | 'record'>;
}

/** From this many jobs on, a list costs fewer calls than a call for each job. */
const worthListing = 3;

/** Another process may continue with claimed jobs after this time. In ms. */
const claimMs = 120_000;

/** Following never makes more calls than this, so that other calls hardly wait. */
export const followPace = { spacingMs: 1_000, burst: 0 };

const longestLookMs = 10_000;
const retryMs = 60_000;

/** Asks DTS for all jobs that are due, and records what changed. */
export async function follow(context: FollowContext): Promise<void> {
  const { clock, jobs } = context;
  const now = clock.now();
  const due = await jobs.claimDue(now, after(now, claimMs));
  const groups = new Map<string, DueJob[]>();
  for (const job of due) {
    if (job.api === '2018-03-30' && isNewHour(job, now)) {
      await tryNewer(context, job);
      continue;
    }
    const key = `${job.region} ${job.api ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), job]);
  }
  for (const group of groups.values()) await followGroup(context, group);
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** True once an hour for each job, but not for all at the same time. */
function isNewHour({ requestId, seenAt }: DueJob, now: Date): boolean {
  const hourOf = (at: Date) => Math.floor((at.getTime() + (requestId % 60) * minuteMs) / hourMs);
  return seenAt !== undefined && hourOf(seenAt) !== hourOf(now);
}

async function followGroup(context: FollowContext, group: readonly DueJob[]): Promise<void> {
  const [{ api, region } = { api: undefined, region: '' }] = group;
  const followEach = async (): Promise<void> => {
    for (const job of group) await followOne(context, job);
  };
  if (api === undefined || group.length < worthListing) return followEach();
  const wanted = new Set(group.map(({ jobId }) => jobId));
  const abandon = new AbortController();
  const tooLong = setTimeout(() => abandon.abort(), longestReadMs);
  const begun = context.clock.now();
  const listed = await context.service
    .listJobs(
      region,
      api,
      wanted,
      async () => {
        await waitForTurn(context, context.ending);
        if (context.ending.aborted) abandon.abort();
      },
      abandon.signal,
    )
    .finally(() => clearTimeout(tooLong));
  // The permission for the list is separate from the one for a single job.
  if (listed.kind === 'failed' && isForbiddenProblem(listed.problem)) return followEach();
  for (const job of group) {
    if (listed.kind === 'failed') {
      await (context.ending.aborted ? giveBack(context, job) : apply(context, job, listed, begun));
      continue;
    }
    const seen = listed.jobs.get(job.jobId);
    // A job that isn't listed may be deleted, and the list has no details.
    if (seen === undefined || (await needsDetails(context, job, seen))) {
      await followOne(context, job);
    } else await apply(context, job, { kind: 'seen', job: seen, settings: {} }, begun);
  }
}

/** True if the job has a new status, or the results of its check are not known. */
async function needsDetails(
  { clock, store }: FollowContext,
  { requestId }: DueJob,
  seen: ObservedJob,
): Promise<boolean> {
  const announced = await store.announced(requestId);
  if (announced === undefined) return false;
  const now = clock.now();
  const change = isWatch(announced)
    ? watchMoved(announced, seen, now)
    : moved(announced, seen, now);
  return change !== undefined || (mayHaveChecks(seen) && announced.job?.checks === undefined);
}

/** Lets another process follow a claimed job. */
const giveBack = ({ clock, jobs }: FollowContext, { requestId }: DueJob): Promise<void> =>
  jobs.postpone(requestId, clock.now());

async function followOne(context: FollowContext, job: DueJob): Promise<void> {
  const read = await readOne(context, job);
  await (read === undefined ? giveBack(context, job) : apply(context, job, read.look, read.begun));
}

/**
 * Reads a job of the older version through the newer one. It may know the job by now, or the
 * permission was added.
 */
async function tryNewer(context: FollowContext, job: DueJob): Promise<void> {
  const read = await readOne(context, { ...job, api: '2021-12-06' });
  // A job that the newer version doesn't know is not deleted.
  const isKnown = read?.look.kind === 'seen' && read.look.job.status !== 'deleted';
  await (isKnown ? apply(context, job, read.look, read.begun) : followOne(context, job));
}

/** Returns `undefined` if Ferry stops. */
async function readOne(
  context: FollowContext,
  place: JobPlace,
): Promise<{ look: JobLook; begun: Date } | undefined> {
  const { clock, ending, service } = context;
  if (!ending.aborted) await waitForTurn(context, ending);
  if (ending.aborted) return undefined;
  const begun = clock.now();
  return { look: await service.observeJob(place, AbortSignal.timeout(longestLookMs)), begun };
}

async function waitForTurn(
  { clock, rateLimits }: Pick<FollowContext, 'clock' | 'rateLimits'>,
  ending: AbortSignal,
): Promise<void> {
  await clock.sleepUntil(await rateLimits.takeTurn('following', clock.now(), followPace), ending);
}

/** @param begun when the read began */
async function apply(
  context: FollowContext,
  due: DueJob,
  look: JobLook,
  begun: Date,
): Promise<void> {
  const { clock, jobs, log } = context;
  if (look.kind === 'failed') {
    const { problem } = look;
    log.warn('a job could not be read', { request: due.requestId, job: due.jobId, problem });
    await jobs.postpone(due.requestId, after(clock.now(), retryMs));
    return;
  }
  const { kind } = await record(context, due, look.job, begun);
  if (kind === 'not_found') await recordWatched(context, due.requestId, look.job, begun);
}

/**
 * True if Ferry learned something during a read from `begun` to `now`, for example that DTS accepted
 * an operation. What it learned has set the time of the next read. A time after `now` comes from a
 * clock that was ahead, and says nothing.
 */
const isOutdated = ({ job }: Pick<Announced, 'job'>, begun: Date, now: Date): boolean =>
  job !== undefined && job.seenAt > begun && job.seenAt <= now;

/** Records what DTS says about a watched job. Nothing else happens with it. */
async function recordWatched(
  context: FollowContext,
  id: number,
  seen: ObservedJob,
  begun: Date,
): Promise<void> {
  await commitWatch(context, id, async (watch, now): Promise<WatchStep> => {
    if (watch.state.status !== 'watching' || isOutdated(watch, begun, now))
      return { kind: 'nothing' };
    const holding = await context.watches.holding(watch.watched.jobId);
    if (holding !== undefined && !isWatch(holding)) {
      return { kind: 'record', transition: handedOver(holding.id, now) };
    }
    const transition = watchMoved(watch, seen, now);
    if (transition !== undefined) return { kind: 'record', transition };
    const job = followed(watch.job, seen, now);
    await context.jobs.save(watch, job, nextLook(job, now));
    context.wakeAnnouncer();
    return { kind: 'nothing' };
  });
}

/** True if the thread mentioned the job since then. */
async function isBroughtUp({ store }: FollowContext, id: number, since: Date): Promise<boolean> {
  const events = await store.events(id, 0);
  return events.some(({ at, payload }) => payload.type === 'job_idle' && at >= since);
}

/** The policy's decision on an operation that is due now, unless Slack leaves the rule open. */
async function automaticStep(
  context: FollowContext,
  request: MigrationRequest,
  now: Date,
): Promise<Transition | undefined> {
  // Most rules make nothing automatic, which needs no events.
  if (automaticOperation(request, []) === undefined) return undefined;
  const events = await context.store.events(request.id, 0);
  const operation = automaticOperation(request, events);
  if (operation === undefined) return undefined;
  const ruling = await todaysRuling(context, request);
  return ruling.kind === 'rule'
    ? agreedDecision(request, ruling.rule, operation, events, now)
    : undefined;
}

/** What the time makes due, although the job's status is the same. */
async function dueStep(
  context: FollowContext,
  request: MigrationRequest,
  now: Date,
): Promise<Transition | undefined> {
  const automatic = await automaticStep(context, request, now);
  if (automatic !== undefined) return automatic;
  const idle = broughtUp(request, now);
  return idle === undefined || (await isBroughtUp(context, request.id, idle.event.since))
    ? undefined
    : idle;
}

/** Records what DTS says about a request's job. Only a change of the status is an event. */
async function record(
  context: FollowContext,
  { jobId, requestId: id }: DueJob,
  seen: ObservedJob,
  begun: Date,
): Promise<Committed> {
  const { jobs } = context;
  return commit(context, id, async (request, now): Promise<Step> => {
    // Since the read began, the job may have been deleted and another one created.
    if (jobIdIn(request.state) !== jobId || isOutdated(request, begun, now))
      return { kind: 'nothing' };
    const transition = moved(request, seen, now);
    // The new status may trigger an automatic operation.
    if (transition !== undefined) return { kind: 'record_first', transition };
    const job = followed(request.job, seen, now);
    const isMissed = missedSince(job) !== undefined;
    const due = isMissed ? undefined : await dueStep(context, { ...request, job }, now);
    if (due !== undefined) return { kind: 'record', transition: { ...due, job } };
    await jobs.save(request, job, nextLook(job, now));
    context.wakeAnnouncer();
    return { kind: 'nothing' };
  });
}

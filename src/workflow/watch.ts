import type { CardPlace } from '../domain/channel/announcement';
import type { CallProblem } from '../domain/errors/callProblem';
import { followed } from '../domain/job/followed';
import { hasEnded, type ObservedJob } from '../domain/job/job';
import { refusalOfStanding, type Standing } from '../domain/people/person';
import { channelsOf, type Policy, watchersOf } from '../domain/policy/policy';
import type { Refusal } from '../domain/request/refusal';
import {
  type Announced,
  type NewWatch,
  type Watch,
  watchEnded,
  watchedJobOf,
} from '../domain/request/watch';
import type { AnnouncementStore } from '../ports/announcementStore';
import type { Directory } from '../ports/directory';
import type { MigrationService } from '../ports/migrationService';
import type { RateLimits } from '../ports/rateLimits';
import type { WatchStore } from '../ports/watchStore';
import { type CommitContext, commitWatch, type WatchStep } from './commit';
import { followPace } from './follow';
import { noteRequest } from './noteChange';
import { canSee, nobodys } from './viewing';

export interface WatchContext extends CommitContext {
  announcements: Pick<AnnouncementStore, 'find'>;
  directory: Directory;
  /** The current policy, which may be reloaded while Ferry runs. */
  policy(): Policy;
  rateLimits: Pick<RateLimits, 'takeTurn'>;
  /** The region of jobs for which the person names none. */
  region: string;
  service: Pick<MigrationService, 'observeJob'>;
  watches: WatchStore;
}

/** What a person typed or pressed. */
export interface WatchCommand {
  userId: string;
  /** The delivery ID of the interaction, which is the same for each copy. */
  delivery: string;
  jobId: string;
}

export type WatchResult =
  | { kind: 'begun'; watch: Watch }
  /** A request or another watch has the job. `card`: missing until it is posted. */
  | { kind: 'known'; announced: Announced; card: CardPlace | undefined }
  /** The same, but the person may not see it, or Slack didn't say so. */
  | { kind: 'hidden'; isCertain: boolean }
  | { kind: 'over'; job: ObservedJob }
  | { kind: 'unknown'; region: string }
  | { kind: 'unreadable'; problem: CallProblem }
  | { kind: 'refused'; refusal: Refusal };

const longestLookMs = 10_000;

/**
 * Begins to follow a job that Ferry did not create, and posts its card in the channel of the command
 * if the policy posts there, otherwise in the usual channel. Throws if the store does.
 */
export async function watch(
  context: WatchContext,
  command: WatchCommand & { region: string | undefined; askedIn: string | undefined },
): Promise<WatchResult> {
  const { clock, store } = context;
  const { delivery } = command;
  if (await store.isHandled(delivery)) return refused({ code: 'handled_already' });
  const result = await begin(context, command);
  // A replay of a command that stored nothing must not store anything later.
  await store.remember(delivery, clock.now());
  return result;
}

const refused = (refusal: Refusal): WatchResult => ({ kind: 'refused', refusal });

async function begin(
  context: WatchContext,
  { askedIn, delivery, jobId, region: typed, userId }: Parameters<typeof watch>[1],
): Promise<WatchResult> {
  const { clock, directory, policy, service, watches } = context;
  const { name, standing } = await directory.person(userId);
  const refusal = await refusalOfWatcher(context, userId, standing);
  if (refusal !== undefined) return refused(refusal);
  const holding = await watches.holding(jobId);
  if (holding !== undefined) return known(context, userId, holding);
  const whose = await watches.exceededBy(userId);
  if (whose !== undefined) return refused({ code: 'too_many_watched', whose });
  const region = typed ?? context.region;
  const place = { jobId, region, api: undefined };
  await waitForOwnTurn(context, userId);
  const look = await service.observeJob(place, AbortSignal.timeout(longestLookMs));
  if (look.kind === 'failed') {
    return isUnknown(look.problem)
      ? { kind: 'unknown', region }
      : { kind: 'unreadable', problem: look.problem };
  }
  if (hasEnded(look.job.status)) return { kind: 'over', job: look.job };
  const { otherwise } = policy();
  const isPostedTo = askedIn !== undefined && channelsOf(policy()).includes(askedIn);
  const at = clock.now();
  return add(context, {
    origin: delivery,
    channel: isPostedTo ? askedIn : otherwise.channel,
    requester: { userId, name },
    rule: otherwise,
    watched: watchedJobOf(place, look.settings),
    job: followed(undefined, look.job, at),
    at,
  });
}

/** Many commands of one person delay neither other people nor the jobs that Ferry follows. */
async function waitForOwnTurn({ clock, rateLimits }: WatchContext, userId: string): Promise<void> {
  await clock.sleepUntil(await rateLimits.takeTurn(`watching:${userId}`, clock.now(), followPace));
}

/** Neither version of the API knows the job. */
const isUnknown = (problem: CallProblem): boolean =>
  problem.kind === 'refused' && /^ResourceNotFound(\.|$)/.test(problem.code);

async function add(context: WatchContext, newWatch: NewWatch): Promise<WatchResult> {
  const { wakeAnnouncer, watches } = context;
  // The response to a commit can be lost, or another process may have added the same job at the
  // same time. Adding the watch again is harmless.
  const result = await watches.add(newWatch).catch(() => watches.add(newWatch));
  switch (result.kind) {
    case 'known':
      return known(context, newWatch.requester.userId, result.announced);
    case 'too_many':
      return refused({ code: 'too_many_watched', whose: result.whose });
    case 'stored':
      if (result.added) noteRequest(context, result.watch);
      wakeAnnouncer();
      return { kind: 'begun', watch: result.watch };
    default:
      return result satisfies never;
  }
}

async function known(
  context: WatchContext,
  userId: string,
  announced: Announced,
): Promise<WatchResult> {
  const seen = await canSee(context, { userId, isMember: true }, announced);
  if (seen !== 'yes') return { kind: 'hidden', isCertain: seen === 'no' };
  const { card } = await context.announcements.find(announced.id, 'channel');
  return { kind: 'known', announced, card };
}

/** Only full members watch, even if the policy names someone else. */
async function refusalOfWatcher(
  { directory, policy }: WatchContext,
  userId: string,
  standing: Standing,
): Promise<Refusal | undefined> {
  const refusal = refusalOfStanding(standing, false);
  const watchers = watchersOf(policy());
  if (refusal !== undefined || watchers === undefined) return refusal;
  switch (await directory.isAmong(userId, watchers, userId)) {
    case 'yes':
      return undefined;
    case 'no':
      return { code: 'may_not_watch' };
    case 'unknown':
      return { code: 'watchers_unknown' };
  }
}

/**
 * Ends a watch. The person who began it may do so, and everyone who may watch. A refusal is
 * recorded. Throws if the store does.
 */
export async function unwatch(
  context: WatchContext,
  { delivery, jobId, userId }: WatchCommand,
): Promise<Refusal | undefined> {
  const { directory, store, watches } = context;
  const { name, standing } = await directory.person(userId);
  // Otherwise, a copy of the click that ended the watch would find none.
  if (await store.isHandled(delivery)) return { code: 'handled_already' };
  const by = { userId, name };
  const notWatched: Refusal = { code: 'not_watched', jobId };
  const watched = await watches.watching(jobId);
  const viewer = { userId, isMember: standing === 'member' };
  const seen = await canSee(context, viewer, watched ?? nobodys(context));
  if (seen === 'unknown') return { code: 'watch_unknown', jobId };
  if (watched === undefined || seen === 'no') return notWatched;
  const committed = await commitWatch(
    context,
    watched.id,
    async (each, now): Promise<WatchStep> => {
      if (await store.isHandled(delivery)) {
        return { kind: 'decline', refusal: { code: 'handled_already' } };
      }
      if (each.state.status !== 'watching') return { kind: 'decline', refusal: notWatched };
      const isOwn = each.requester.userId === userId;
      const refusal = isOwn
        ? refusalOfStanding(standing, false)
        : await refusalOfWatcher(context, userId, standing);
      return refusal === undefined
        ? { kind: 'record', transition: watchEnded(by, now), by, delivery }
        : { kind: 'refuse', by, refusal, delivery };
    },
  );
  if (committed.kind === 'refused') return committed.refusal;
  return committed.kind === 'recorded' ? undefined : notWatched;
}

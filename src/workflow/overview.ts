import type { HomeFilter, JobPage, Overview, RequestPage } from '../domain/channel/home';
import { names, type People } from '../domain/people/people';
import type { Membership } from '../domain/people/person';
import type { Viewer } from '../domain/people/visibility';
import { awaitedBy } from '../domain/request/awaited';
import type { MigrationRequest } from '../domain/request/request';
import type { Announced } from '../domain/request/watch';
import { before } from '../domain/time/offset';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { RequestStore } from '../ports/requestStore';

export interface OverviewContext {
  clock: Pick<Clock, 'now'>;
  directory: Pick<Directory, 'isAmong' | 'sees'>;
  store: Pick<
    RequestStore,
    'awaitedLists' | 'awaitedFrom' | 'askedBy' | 'latest' | 'channels' | 'withJobs'
  >;
}

/** How long lists show a job that failed and can't continue. */
export const failedForMs = 7 * 86_400_000;

/**
 * The requests that concern a person and that the person may see, each once; up to `most` of each kind
 * per page. `page` is counted from 0. If it is empty, the last page with requests takes its place.
 */
export async function overview(
  context: OverviewContext,
  viewer: Viewer,
  page: number,
  most: number,
  filter: HomeFilter = {},
): Promise<Overview> {
  const { clock, store } = context;
  const { userId } = viewer;
  const failedSince = before(clock.now(), failedForMs);
  const apartFrom = { failedSince, isStarted: true };
  const [lists, seen] = await Promise.all([
    listsWith(context, viewer),
    channelsSeenBy(context, viewer),
  ]);
  const isOnlyMine = filter.mine === true;
  const awaitedFrom = { userId, lists: lists.ids };
  // Without a list of requests that wait for the person, the other lists include these, too.
  const apartFromAwaited = isOnlyMine ? {} : { notAwaitedFrom: awaitedFrom };
  const scope = { channels: seen.ids, ...apartFromAwaited, filter };
  const jobScope = {
    ...scope,
    channels: isOnlyMine ? [] : seen.ids,
    userId,
    listed: apartFrom,
  };
  const read = async (at: number): Promise<Overview> => {
    const from = at * most;
    const [mine, jobs, lately, waiting, unsure] = await Promise.all([
      store.askedBy(userId, from, most + 1, filter, apartFrom, scope.notAwaitedFrom),
      store.withJobs(jobScope, from, most + 1),
      isOnlyMine ? [] : store.latest({ ...scope, notBy: userId, apartFrom }, from, most + 1),
      isOnlyMine ? [] : store.awaitedFrom(awaitedFrom, from, most + 1, filter),
      lists.unknown.length === 0
        ? []
        : store.awaitedFrom({ userId, lists: lists.unknown }, 0, 1, filter),
    ]);
    const isEmpty = mine.length + jobs.length + lately.length + waiting.length === 0;
    if (isEmpty && at > 0) return read(at - 1);
    return {
      page: at,
      waiting: paged(await awaitedNow(context, viewer, waiting), most),
      jobs: paged(jobs, most),
      mine: paged(mine, most),
      lately: paged(lately, most),
      unsure: { waiting: unsure.length > 0, lately: seen.unknown.length > 0 },
    };
  };
  return read(page);
}

/**
 * The requests with jobs that a person may see: jobs that run, wait, or failed lately. If the page
 * is empty, the first one takes its place.
 */
export async function jobsFor(
  context: OverviewContext,
  viewer: Viewer,
  page: number,
  most: number,
): Promise<JobPage> {
  const { clock, store } = context;
  const seen = await channelsSeenBy(context, viewer);
  const failedSince = before(clock.now(), failedForMs);
  const scope = {
    channels: seen.ids,
    userId: viewer.userId,
    listed: { failedSince, isStarted: false },
  };
  const jobs = await store.withJobs(scope, page * most, most + 1);
  if (jobs.length === 0 && page > 0) return jobsFor(context, viewer, 0, most);
  return { ...paged(jobs, most), page, unsure: seen.unknown.length > 0 };
}

/** The channels with requests that a person can see. */
async function channelsSeenBy(
  { directory, store }: OverviewContext,
  { isMember, userId }: Viewer,
): Promise<Answered> {
  if (!isMember) return { ids: [], unknown: [] };
  return answered(
    (await store.channels()).map(async (channelId): Promise<[string, Membership]> => {
      return [channelId, await directory.sees(channelId, userId)];
    }),
  );
}

/** The lists with a person, of those that requests wait for. */
async function listsWith(context: OverviewContext, viewer: Viewer): Promise<Answered> {
  return answered(
    (await context.store.awaitedLists()).map(
      async ({ key, people }): Promise<[string, Membership]> => [
        key,
        await isOn(context, viewer, people),
      ],
    ),
  );
}

/** What a person belongs to, and what Slack doesn't answer about. */
interface Answered {
  ids: readonly string[];
  unknown: readonly string[];
}

async function answered(asked: readonly Promise<[string, Membership]>[]): Promise<Answered> {
  const answers = await Promise.all(asked);
  const having = (wanted: Membership) =>
    answers.flatMap(([id, answer]) => (answer === wanted ? [id] : []));
  return { ids: having('yes'), unknown: having('unknown') };
}

/** Whether a person is on a list that has the requester by name. */
async function isOn(
  { directory }: OverviewContext,
  { isMember, userId }: Viewer,
  list: readonly People[],
): Promise<Membership> {
  // Only approvers whom the policy names personally can be outside the workspace.
  if (!isMember) return names(list, userId) ? 'yes' : 'no';
  return directory.isAmong(userId, list, '');
}

/** Leaves out what the person can't decide on: someone may have approved since it was found. */
async function awaitedNow(
  context: OverviewContext,
  viewer: Viewer,
  requests: readonly MigrationRequest[],
): Promise<MigrationRequest[]> {
  const awaited = await Promise.all(
    requests.map(async (request) => {
      const { except, list } = awaitedBy(request) ?? { except: [], list: [] };
      return !except.includes(viewer.userId) && (await isOn(context, viewer, list)) === 'yes'
        ? [request]
        : [];
    }),
  );
  return awaited.flat();
}

const paged = <Of extends Announced>(requests: readonly Of[], most: number): RequestPage<Of> => ({
  requests: requests.slice(0, most),
  more: requests.length > most,
});

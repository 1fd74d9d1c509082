import {
  type HomeFilter,
  type JobPage,
  type Overview,
  passesFilter,
  type RequestPage,
} from '../domain/channel/home';
import { names } from '../domain/people/people';
import type { Membership } from '../domain/people/person';
import type { Viewer } from '../domain/people/visibility';
import { demandsOf } from '../domain/policy/demands';
import { refusalOfAuthor } from '../domain/request/eligibility';
import { operationIn } from '../domain/request/operationIn';
import type { WaitingRequest } from '../domain/request/request';
import { accepts } from '../domain/request/states';
import { approvalsOf } from '../domain/request/waiting';
import type { Announced } from '../domain/request/watch';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { RequestStore } from '../ports/requestStore';

export interface OverviewContext {
  clock: Pick<Clock, 'now'>;
  directory: Pick<Directory, 'isAmong' | 'sees'>;
  store: Pick<RequestStore, 'waiting' | 'findAll' | 'askedBy' | 'latest' | 'channels' | 'withJobs'>;
}

/** How long a list has a job that failed and can't continue. */
export const failedForMs = 7 * 86_400_000;

/**
 * The requests that concern a person and that the person may see, each once; up to `most` of each kind
 * per page. `page` is counted from 0. If a page is empty, the
 * last one that isn't takes its place.
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
  const failedSince = new Date(clock.now().getTime() - failedForMs);
  const apartFrom = { failedSince, isStarted: true };
  const [open, seen] = await Promise.all([
    waitingFor(context, viewer, filter),
    channelsSeenBy(context, viewer),
  ]);
  const isOnlyMine = filter.mine === true;
  const scope = { channels: seen.ids, except: open.ids, filter };
  const jobScope = {
    ...scope,
    channels: isOnlyMine ? [] : seen.ids,
    userId,
    listed: apartFrom,
  };
  const read = async (at: number): Promise<Overview> => {
    const from = at * most;
    const [mine, jobs, lately, waiting] = await Promise.all([
      store.askedBy(userId, from, most + 1, filter, apartFrom),
      store.withJobs(jobScope, from, most + 1),
      isOnlyMine ? [] : store.latest({ ...scope, notBy: userId, apartFrom }, from, most + 1),
      isOnlyMine ? [] : store.findAll(open.ids.slice(from, from + most + 1)),
    ]);
    const isEmpty = mine.length + jobs.length + lately.length + waiting.length === 0;
    if (isEmpty && at > 0) return read(at - 1);
    return {
      page: at,
      // Someone may have approved since the IDs were read.
      waiting: paged(
        waiting.filter((request) => isOpenTo(request, userId)),
        most,
      ),
      jobs: paged(jobs, most),
      mine: paged(mine, most),
      lately: paged(lately, most),
      unsure: { waiting: open.unsure, lately: seen.unsure },
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
  const failedSince = new Date(clock.now().getTime() - failedForMs);
  const scope = {
    channels: seen.ids,
    userId: viewer.userId,
    listed: { failedSince, isStarted: false },
  };
  const jobs = await store.withJobs(scope, page * most, most + 1);
  if (jobs.length === 0 && page > 0) return jobsFor(context, viewer, 0, most);
  return { ...paged(jobs, most), page, unsure: seen.unsure };
}

/**
 * The channels with requests that a person can see. Channels without an answer from Slack are left
 * out.
 */
async function channelsSeenBy(
  { directory, store }: OverviewContext,
  { isMember, userId }: Viewer,
): Promise<{ ids: string[]; unsure: boolean }> {
  if (!isMember) return { ids: [], unsure: false };
  const answers = await Promise.all(
    (await store.channels()).map(async (channelId): Promise<[string, Membership]> => {
      return [channelId, await directory.sees(channelId, userId)];
    }),
  );
  return settled(answers);
}

function settled<Id>(answers: readonly [Id, Membership][]): { ids: Id[]; unsure: boolean } {
  return {
    ids: answers.flatMap(([id, answer]) => (answer === 'yes' ? [id] : [])),
    unsure: answers.some(([, answer]) => answer === 'unknown'),
  };
}

const paged = <Of extends Announced>(requests: readonly Of[], most: number): RequestPage<Of> => ({
  requests: requests.slice(0, most),
  more: requests.length > most,
});

/**
 * The IDs of requests that a person may approve under their rules and hasn't yet. Requests without
 * an answer from Slack are left out.
 */
async function waitingFor(
  { directory, store }: OverviewContext,
  { isMember, userId }: Viewer,
  filter: HomeFilter,
): Promise<{ ids: number[]; unsure: boolean }> {
  const open = (await store.waiting()).filter(
    (request) => passesFilter(filter, request.state.status) && isOpenTo(request, userId),
  );
  const answers = await Promise.all(
    open.map(async ({ id, requester, rule, state }): Promise<[number, Membership]> => {
      const { approvers } = demandsOf(rule, operationIn(state));
      // Only approvers whom the policy names personally can be outside the workspace.
      if (!isMember) return [id, names(approvers, userId) ? 'yes' : 'no'];
      return [id, await directory.isAmong(userId, approvers, requester.userId)];
    }),
  );
  return settled(answers);
}

function isOpenTo(request: WaitingRequest, userId: string): boolean {
  const { revision, state } = request;
  if (accepts(state, 'look_again')) {
    return refusalOfAuthor(request, userId, { type: 'look_again' }) === undefined;
  }
  if (!accepts(state, 'approve')) return false;
  const isGiven = approvalsOf(state.approvals, revision).some(({ by }) => by.userId === userId);
  return !isGiven && refusalOfAuthor(request, userId, { type: 'approve' }) === undefined;
}

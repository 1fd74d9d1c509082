import type { Overview, RequestPage } from '../domain/channel/home';
import { names } from '../domain/people/people';
import type { Membership } from '../domain/people/person';
import type { Viewer } from '../domain/people/visibility';
import { refusalOfAuthor } from '../domain/request/decide';
import type { MigrationRequest, WaitingRequest } from '../domain/request/request';
import { accepts } from '../domain/request/states';
import { approvalsOf } from '../domain/request/waiting';
import type { Directory } from '../ports/directory';
import type { RequestStore } from '../ports/requestStore';

export interface OverviewContext {
  directory: Pick<Directory, 'isAmong' | 'sees'>;
  store: Pick<RequestStore, 'waiting' | 'findAll' | 'askedBy' | 'latest' | 'channels'>;
}

/**
 * What somebody has to do with requests, of those that they may see; `most` of each kind a page, `page`
 * from 0. A page that has become empty gives way to the last one that is not.
 */
export async function overview(
  context: OverviewContext,
  viewer: Viewer,
  page: number,
  most: number,
): Promise<Overview> {
  const { store } = context;
  const { userId } = viewer;
  const [open, seen] = await Promise.all([
    waitingFor(context, viewer),
    channelsSeenBy(context, viewer),
  ]);
  const scope = { channels: seen.ids, userId };
  const read = async (at: number): Promise<Overview> => {
    const from = at * most;
    const [mine, lately, waiting] = await Promise.all([
      store.askedBy(userId, from, most + 1),
      store.latest(scope, from, most + 1),
      store.findAll(open.ids.slice(from, from + most + 1)),
    ]);
    const isEmpty = mine.length + lately.length + waiting.length === 0;
    if (isEmpty && at > 0) return read(at - 1);
    return {
      page: at,
      // Somebody may have approved since their numbers were read.
      waiting: paged(
        waiting.filter((request) => isOpenTo(request, userId)),
        most,
      ),
      unsure: { waiting: open.unsure, lately: seen.unsure },
      mine: paged(mine, most),
      lately: paged(lately, most),
    };
  };
  return read(page);
}

/** The channels with requests that somebody can see; those of which Slack says nothing count as no. */
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

const paged = (requests: readonly MigrationRequest[], most: number): RequestPage => ({
  requests: requests.slice(0, most),
  more: requests.length > most,
});

/** The numbers of what somebody may approve under its rule, and has not; whom Slack leaves open, counts as no. */
async function waitingFor(
  { directory, store }: OverviewContext,
  { isMember, userId }: Viewer,
): Promise<{ ids: number[]; unsure: boolean }> {
  const open = (await store.waiting()).filter((request) => isOpenTo(request, userId));
  const answers = await Promise.all(
    open.map(async ({ id, requester, rule }): Promise<[number, Membership]> => {
      // Only an approver who is named personally need not be a member.
      if (!isMember) return [id, names(rule.approvers, userId) ? 'yes' : 'no'];
      return [id, await directory.isAmong(userId, rule.approvers, requester.userId)];
    }),
  );
  return settled(answers);
}

function isOpenTo(request: WaitingRequest, userId: string): boolean {
  const { revision, state } = request;
  if (!accepts(state, 'approve')) return false;
  const isGiven = approvalsOf(state.approvals, revision).some(({ by }) => by.userId === userId);
  return !isGiven && refusalOfAuthor(request, userId, 'approve') === undefined;
}

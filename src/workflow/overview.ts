import { refusalOfAuthor } from '../domain/decide';
import type { Overview, RequestPage } from '../domain/home';
import type { Membership } from '../domain/person';
import type { MigrationRequest, WaitingRequest } from '../domain/request';
import { approvalsOf } from '../domain/waiting';
import type { Directory, RequestStore } from './ports';

export interface OverviewContext {
  directory: Directory;
  store: Pick<RequestStore, 'waiting' | 'findAll' | 'askedBy' | 'latest'>;
}

/** What somebody has to do with requests; `most` of each kind a page, `page` from 0. */
export async function overview(
  context: OverviewContext,
  userId: string,
  page: number,
  most: number,
): Promise<Overview> {
  const { store } = context;
  const from = page * most;
  const [{ ids, unsure }, mine, lately] = await Promise.all([
    waitingFor(context, userId),
    store.askedBy(userId, from, most + 1),
    store.latest(from, most + 1),
  ]);
  const waiting = await store.findAll(ids.slice(from, from + most + 1));
  return {
    page,
    waiting: paged(waiting, most),
    unsure,
    mine: paged(mine, most),
    lately: paged(lately, most),
  };
}

const paged = (requests: readonly MigrationRequest[], most: number): RequestPage => ({
  requests: requests.slice(0, most),
  more: requests.length > most,
});

/** The numbers of what somebody may approve under its rule, and has not; whom Slack leaves open, counts as no. */
async function waitingFor(
  { directory, store }: OverviewContext,
  userId: string,
): Promise<{ ids: number[]; unsure: boolean }> {
  const open = (await store.waiting()).filter((request) => isOpenTo(request, userId));
  const answers = await Promise.all(
    open.map(async ({ id, requester, rule }): Promise<[number, Membership]> => {
      return [id, await directory.isAmong(userId, rule.approvers, requester.userId)];
    }),
  );
  return {
    ids: answers.flatMap(([id, answer]) => (answer === 'yes' ? [id] : [])),
    unsure: answers.some(([, answer]) => answer === 'unknown'),
  };
}

function isOpenTo(request: WaitingRequest, userId: string): boolean {
  const { revision, state } = request;
  if (state.status !== 'pending') return false;
  const isGiven = approvalsOf(state.approvals, revision).some(({ by }) => by.userId === userId);
  return !isGiven && refusalOfAuthor(request, userId, 'approve') === undefined;
}

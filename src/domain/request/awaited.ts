import type { People } from '../people/people';
import { demandsOf } from '../policy/demands';
import { refusalOfAuthor } from './eligibility';
import { operationIn } from './operationIn';
import { reachedBy } from './quorum';
import type { WaitingRequest } from './request';
import { accepts } from './states';
import { approvalsOf } from './waiting';

/** Whom a request waits for. */
export interface Awaited {
  /** The approvers, with the requester by name. */
  list: readonly People[];
  /**
   * The users who can't decide: its authors, and those who have approved it if more approvals are
   * required.
   */
  except: readonly string[];
}

/** Whom a request waits for, to approve it or to settle an unknown outcome, if it waits. */
export function awaitedBy(request: WaitingRequest): Awaited | undefined {
  const { editors, requester, revision, rule, state } = request;
  const { userId } = requester;
  const authorsRefused = (type: 'approve' | 'look_again') =>
    [userId, ...editors].filter((each) => refusalOfAuthor(request, each, { type }) !== undefined);
  const demands = demandsOf(rule, operationIn(state));
  const list = demands.approvers.map(
    (each): People => (each.kind === 'requester' ? { kind: 'user', userId } : each),
  );
  if (accepts(state, 'look_again')) return { list, except: authorsRefused('look_again') };
  if (!accepts(state, 'approve')) return undefined;
  const approvals = approvalsOf(state.approvals, revision);
  // If the policy now requires fewer approvals, the next one decides, even from the same person.
  const isEnough = reachedBy(demands, approvals) !== undefined;
  const given = isEnough ? [] : approvals.map(({ by }) => by.userId);
  return { list, except: [...new Set([...authorsRefused('approve'), ...given])] };
}

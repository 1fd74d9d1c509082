import { decidingLists } from '../policy/policy';
import type { MigrationRequest } from '../request/request';
import { names } from './people';

/** A user who may see a request or not. */
export interface Viewer {
  userId: string;
  /**
   * True for full members of the workspace. Other viewers are users whom the policy names
   * personally.
   */
  isMember: boolean;
}

/** The parts of a request that decide who may see it. */
export type Visible = Pick<MigrationRequest, 'channel' | 'requester' | 'rule'>;

/** True for the requester, and for people whom the request's rule names. */
export function isConcerned({ requester, rule }: Visible, { userId }: Viewer): boolean {
  return requester.userId === userId || decidingLists(rule).some((list) => names(list, userId));
}

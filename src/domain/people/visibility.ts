import { decidingLists } from '../policy/policy';
import type { MigrationRequest } from '../request/request';
import { names } from './people';

/** Somebody to whom Ferry may show something. */
export interface Viewer {
  userId: string;
  /** A full member of the workspace; anybody else is somebody whom the policy names personally. */
  isMember: boolean;
}

/** What of a request tells who may see it. */
export type Visible = Pick<MigrationRequest, 'channel' | 'requester' | 'rule'>;

/** Whether somebody sees a request for what it says of them: it is theirs, or names them to decide. */
export function isConcerned({ requester, rule }: Visible, { userId }: Viewer): boolean {
  return requester.userId === userId || decidingLists(rule).some((list) => names(list, userId));
}

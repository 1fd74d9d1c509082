import type { Membership } from '../domain/people/person';
import { isConcerned, type Viewer, type Visible } from '../domain/people/visibility';
import { decidingLists } from '../domain/policy/policy';
import type { Refusal } from '../domain/request/refusal';
import type { MigrationRequest } from '../domain/request/request';
import type { Directory } from '../ports/directory';
import type { RequestStore } from '../ports/requestStore';
import type { AdmitContext } from './admit';

export interface ViewingContext extends AdmitContext {
  directory: Pick<Directory, 'standing' | 'sees' | 'isAmong'>;
  store: Pick<RequestStore, 'find'>;
}

/**
 * Whether somebody may see a request: the requester, members who can see its channel, and those who may
 * decide on it. Somebody who is no member must be named personally.
 */
export async function canSee(
  { directory }: Pick<ViewingContext, 'directory'>,
  viewer: Viewer,
  request: Visible,
): Promise<Membership> {
  if (isConcerned(request, viewer)) return 'yes';
  if (!viewer.isMember) return 'no';
  const { userId } = viewer;
  const inChannel = await directory.sees(request.channel, userId);
  if (inChannel === 'yes') return 'yes';
  const deciders = decidingLists(request.rule).flat();
  const decides = await directory.isAmong(userId, deciders, request.requester.userId);
  if (decides === 'yes') return 'yes';
  return inChannel === 'unknown' || decides === 'unknown' ? 'unknown' : 'no';
}

export type Found = { ok: true; request: MigrationRequest } | { ok: false; refusal: Refusal };

/**
 * A request, if this person may see it. The answer is the same for one that does not exist and for one
 * that they may not see, down to what Slack is asked. Rejects when the store does.
 */
export async function findFor(
  context: ViewingContext,
  viewer: Viewer,
  requestId: number,
): Promise<Found> {
  const request = await context.store.find(requestId);
  const seen = await canSee(context, viewer, request ?? nobodys(context));
  if (request !== undefined && seen === 'yes') return { ok: true, request };
  const code = seen === 'unknown' ? 'visibility_unknown' : 'no_such_request';
  return { ok: false, refusal: { code, requestId } };
}

/** Stands in for a request that does not exist, so that Slack's silence shows in the same way. */
function nobodys({ policy }: ViewingContext): Visible {
  const rule = policy().otherwise;
  return { channel: rule.channel, requester: { userId: '', name: '' }, rule };
}

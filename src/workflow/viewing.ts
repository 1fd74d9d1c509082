import type { Membership } from '../domain/people/person';
import { isConcerned, type Viewer, type Visible } from '../domain/people/visibility';
import { decidingLists } from '../domain/policy/policy';
import type { Refusal } from '../domain/request/refusal';
import type { MigrationRequest } from '../domain/request/request';
import type { Shown } from '../domain/request/shown';
import type { Directory } from '../ports/directory';
import type { RequestStore } from '../ports/requestStore';
import type { AdmitContext } from './admit';
import { refusalOfShown, type ShownContext } from './refusalOfShown';

export interface ViewingContext extends AdmitContext {
  directory: Pick<Directory, 'standing' | 'sees' | 'isAmong'>;
  store: Pick<RequestStore, 'find'>;
}

/**
 * Decides whether a person may see a request: the requester, members who can see its channel, and
 * people who may decide on it. People outside the workspace must be named personally.
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
 * Returns a request if this person may see it. For a request that doesn't exist, the answer and the
 * calls to Slack are the same as for one that the person may not see. Rejects if the store does.
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

/** The same for a request that the person saw in a message. */
export async function findShown(
  context: ViewingContext & ShownContext,
  viewer: Viewer,
  requestId: number,
  shown: Shown | undefined,
): Promise<Found> {
  const found = await findFor(context, viewer, requestId);
  const refusal = found.ok ? await refusalOfShown(context, found.request, shown) : undefined;
  return refusal === undefined ? found : { ok: false, refusal };
}

/** Replaces a missing request, so that a failure of Slack has the same effect. */
export function nobodys({ policy }: Pick<ViewingContext, 'policy'>): Visible {
  const rule = policy().otherwise;
  return { channel: rule.channel, requester: { userId: '', name: '' }, rule };
}

import { refusalOfStanding } from '../domain/people/person';
import type { Viewer } from '../domain/people/visibility';
import { namesPersonally, type Policy } from '../domain/policy/policy';
import type { Refusal } from '../domain/request/refusal';
import type { Directory } from '../ports/directory';

export interface AdmitContext {
  directory: Pick<Directory, 'standing'>;
  /** The current policy, which may be reloaded while Ferry runs. */
  policy(): Policy;
}

export type Admission = { ok: true; viewer: Viewer } | { ok: false; refusal: Refusal };

/** How long a person waits after a click, in ms. */
const clickMs = 5_000;

/**
 * Decides whether Ferry shows a person anything. Full members of the workspace and people whom the
 * policy names personally pass. If Slack doesn't answer, the answer is no. `maxAgeMs` limits the
 * age of Slack's answer.
 */
export async function admit(
  { directory, policy }: AdmitContext,
  userId: string,
  maxAgeMs = clickMs,
): Promise<Admission> {
  const standing = await directory.standing(userId, maxAgeMs);
  const refusal = refusalOfStanding(standing, namesPersonally(policy(), userId));
  if (refusal !== undefined) return { ok: false, refusal };
  return { ok: true, viewer: { userId, isMember: standing === 'member' } };
}

import { refusalOfStanding } from '../domain/people/person';
import type { Viewer } from '../domain/people/visibility';
import { namesPersonally, type Policy } from '../domain/policy/policy';
import type { Refusal } from '../domain/request/refusal';
import type { Directory } from '../ports/directory';

export interface AdmitContext {
  directory: Pick<Directory, 'standing'>;
  /** As it is now: it can be read again while Ferry runs. */
  policy(): Policy;
}

export type Admission = { ok: true; viewer: Viewer } | { ok: false; refusal: Refusal };

/** A person waits for what they clicked. */
const clickMs = 5_000;

/**
 * Whether anything of Ferry is shown to somebody: to full members of the workspace, and to people whom
 * the policy names personally. Slack's silence means no. `maxAgeMs`: how old Slack's answer may be.
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

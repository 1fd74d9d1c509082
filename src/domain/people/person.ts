import { z } from 'zod';
import type { Refusal } from '../request/refusal';

/** A Slack user, with the name at the time of the action. */
export const personSchema = z.object({ userId: z.string(), name: z.string() });
export type Person = z.infer<typeof personSchema>;

/**
 * Slack's current information about a user. Only a `member` may request or decide. `deactivated`
 * includes users who no longer exist in the workspace. `unknown` means that Slack didn't answer, and
 * is treated as no.
 */
export type Standing = 'member' | 'guest' | 'external' | 'deactivated' | 'bot' | 'unknown';

/** Whether a user is in a list, group or channel; `unknown` means that Slack didn't say. */
export type Membership = 'yes' | 'no' | 'unknown';

/** Why a user may not request or decide anything, unless the policy names that user. */
export function refusalOfStanding(standing: Standing, isNamed: boolean): Refusal | undefined {
  switch (standing) {
    case 'member':
      return undefined;
    case 'unknown':
      return { code: 'person_unknown' };
    case 'deactivated':
      return { code: standing };
    default:
      return isNamed ? undefined : { code: standing };
  }
}

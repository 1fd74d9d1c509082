import type { Refusal } from '../request/refusal';

/** Somebody in Slack, with the name they had when they acted. */
export interface Person {
  userId: string;
  name: string;
}

/**
 * What Slack says of a person at this moment. Only a member may request or decide; `unknown` means
 * that Slack could not be asked, and counts as no.
 */
export type Standing = 'member' | 'guest' | 'external' | 'deactivated' | 'bot' | 'unknown';

/** Whether a person is among the approvers; `unknown` means that a list could not be read. */
export type Membership = 'yes' | 'no' | 'unknown';

/** Why somebody may not request or decide anything, unless the policy names them. */
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

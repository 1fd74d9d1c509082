import type { Membership } from '../people/person';
import type { Rule } from '../policy/policy';
import type { Refusal } from './refusal';

/**
 * Whether a rule allows the requester to request a migration. `outsider`: not a full member, and the
 * rule's requesters don't name the user ID.
 */
export type MayRequest = Membership | 'outsider';

/** Why the requester may not make a request under a rule. */
export function refusalOfAsking({ name: rule }: Rule, asks: MayRequest): Refusal | undefined {
  switch (asks) {
    case 'yes':
      return undefined;
    case 'no':
      return { code: 'may_not_request', rule };
    case 'outsider':
      return { code: 'not_a_requester', rule };
    case 'unknown':
      return { code: 'requesters_unknown' };
    default:
      return asks satisfies never;
  }
}

import {
  type Actor,
  type Decision,
  decide,
  eligibilityFor,
  type Intent,
} from '../../src/domain/request/decide';
import type { MigrationRequest } from '../../src/domain/request/request';

/** What a test says about a person; which list counts follows from the request and today's rule. */
export type ActorFacts = Omit<Actor, 'eligibility'>;

export function decideAs(
  request: MigrationRequest,
  by: ActorFacts,
  intent: Intent,
  now: Date,
): Decision {
  const ruled = { ...request, rule: by.today.rule };
  const eligibility = eligibilityFor(ruled, by.userId, intent.type);
  return decide(request, { ...by, eligibility }, intent, now);
}

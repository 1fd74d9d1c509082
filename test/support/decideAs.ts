import { decide } from '../../src/domain/request/decide';
import type { Decision } from '../../src/domain/request/decision';
import { type Actor, eligibilityFor } from '../../src/domain/request/eligibility';
import type { Intent } from '../../src/domain/request/intent';
import type { MigrationRequest } from '../../src/domain/request/request';

/** Facts about a person in a test. The request and today's rule determine the list that counts. */
export type ActorFacts = Omit<Actor, 'eligibility'>;

export function decideAs(
  request: MigrationRequest,
  by: ActorFacts,
  intent: Intent,
  now: Date,
): Decision {
  const ruled = { ...request, rule: by.today.rule };
  const eligibility = eligibilityFor(ruled, by.userId, intent);
  return decide(request, { ...by, eligibility }, intent, now);
}

import type { Standing } from '../domain/people/person';
import { createLastAnswers } from './lastAnswers';
import type { MembershipContext } from './memberships';
import { readPerson } from './readPerson';

/**
 * Slack allows three seconds for a modal or a list of options. This much is for the lookup; the
 * rest is for a list's two lookups and for `views.open`. In ms.
 */
const boundMs = 1_000;

/**
 * Slack's information about a person before Ferry shows anything. Decisions always look the person
 * up, but this may be some seconds old. If Slack doesn't answer, the result is `unknown` and isn't
 * cached.
 */
export function createStandings(context: MembershipContext & { teamId: string }) {
  const { clock, log, patience } = context;
  const standings = createLastAnswers<string, Standing>({
    ...{ boundMs, clock, patience },
    keyOf: (userId) => userId,
    read: async (userId) => (await readPerson(context, userId)).standing,
    onFailure(userId, error) {
      log.warn('a person could not be looked up', { user: userId, error });
      return 'keep';
    },
  });
  /** `maxAgeMs`: the maximum age of the answer. Never rejects. */
  return async (userId: string, maxAgeMs: number): Promise<Standing> => {
    const answer = await standings(userId, maxAgeMs);
    return answer?.isFresh === true ? answer.value : 'unknown';
  };
}

import type { Standing } from '../domain/people/person';
import type { MembershipContext } from './memberships';
import { readPerson } from './readPerson';
import { within } from './within';

interface Entry {
  known: { standing: Standing; at: number } | undefined;
  reading: Promise<void> | undefined;
}

/**
 * Slack allows three seconds for a modal or a list of options. This much is for the lookup; the
 * rest is for a list's two lookups and for `views.open`. In ms.
 */
const boundMs = 1_000;
/** Enough for a large workspace. */
const mostKnown = 10_000;

/**
 * Slack's information about a person before Ferry shows anything. Decisions always look the person
 * up, but this may be some seconds old. If Slack doesn't answer, the result is `unknown` and isn't
 * cached.
 */
export function createStandings(context: MembershipContext & { teamId: string }) {
  const { clock, log, patience } = context;
  const entries = new Map<string, Entry>();
  const now = (): number => clock.now().getTime();

  const read = async (userId: string, entry: Entry): Promise<void> => {
    const at = now();
    try {
      const { standing } = await readPerson(context, userId);
      entry.known = { standing, at };
    } catch (error) {
      log.warn('a person could not be looked up', { user: userId, error });
    } finally {
      entry.reading = undefined;
    }
  };

  /** `maxAgeMs`: the maximum age of the answer. Never rejects. */
  return async (userId: string, maxAgeMs: number): Promise<Standing> => {
    const entry = entries.get(userId) ?? { known: undefined, reading: undefined };
    entries.set(userId, entry);
    if (entries.size > mostKnown) entries.delete(entries.keys().next().value ?? userId);
    const before = entry.known;
    if (before !== undefined && now() - before.at < maxAgeMs) return before.standing;
    entry.reading ??= read(userId, entry);
    await within(patience, entry.reading, boundMs);
    // An answer that arrived during this call is fresh, even if the clock has advanced.
    return entry.known === undefined || entry.known === before ? 'unknown' : entry.known.standing;
  };
}

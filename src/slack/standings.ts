import type { Standing } from '../domain/people/person';
import type { MembershipContext } from './memberships';
import { readPerson } from './readPerson';
import { within } from './within';

interface Entry {
  known: { standing: Standing; at: number } | undefined;
  reading: Promise<void> | undefined;
}

/**
 * Slack gives a modal or a list of options three seconds. This much of them is for the lookup; the rest
 * is for the two lookups of a list and for `views.open`.
 */
const boundMs = 1_000;
/** The people of a large workspace. */
const mostKnown = 10_000;

/**
 * What Slack says of a person before something is shown to them. Unlike decisions, which look the person
 * up each time, this may be some seconds old. Slack's silence is `unknown`, and is not remembered.
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

  /** `maxAgeMs`: how old the answer may be. Never rejects. */
  return async (userId: string, maxAgeMs: number): Promise<Standing> => {
    const entry = entries.get(userId) ?? { known: undefined, reading: undefined };
    entries.set(userId, entry);
    if (entries.size > mostKnown) entries.delete(entries.keys().next().value ?? userId);
    const before = entry.known;
    if (before !== undefined && now() - before.at < maxAgeMs) return before.standing;
    entry.reading ??= read(userId, entry);
    await within(patience, entry.reading, boundMs);
    // What was read while the caller waited answers the caller, whatever the clock did since then.
    return entry.known === undefined || entry.known === before ? 'unknown' : entry.known.standing;
  };
}

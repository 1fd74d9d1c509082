import type { Due } from '../../ports/due';
import type { Database } from '../database';

/**
 * Requests that Ferry has something to do for at `now` and no live process works on, but for those of
 * `except`, and when the next one is due. A process that ended without a word left its request behind:
 * such a request is due when the process's lease runs out, and at once where there are no leases.
 */
export async function listDue(db: Database, now: Date, except: readonly number[]): Promise<Due> {
  const instant = now.toISOString();
  const kind = 'launching';
  let due = db
    .selectFrom('requests')
    .select('id')
    .where('due_at', '<=', instant)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('leases')
            .select('owner')
            .where('kind', '=', kind)
            .whereRef('leases.request_id', '=', 'requests.id')
            .where('until', '>', instant),
        ),
      ),
    )
    .orderBy('due_at')
    .limit(100);
  if (except.length > 0) due = due.where('id', 'not in', except);
  const rows = await due.execute();
  const later = await db
    .selectFrom('requests')
    .select((select) => select.fn.min('due_at').as('next'))
    .where('due_at', '>', instant)
    .executeTakeFirst();
  const lease = await db
    .selectFrom('leases')
    .select((select) => select.fn.min('until').as('next'))
    .where('kind', '=', kind)
    .where('until', '>', instant)
    .executeTakeFirst();
  const [next] = [later?.next, lease?.next].filter((each) => typeof each === 'string').sort();
  return {
    ids: rows.map(({ id }) => id),
    next: next === undefined ? undefined : new Date(next),
  };
}

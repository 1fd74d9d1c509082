import type { Due } from '../../ports/due';
import type { Database } from '../database';

/**
 * Requests that are due at `now` and that no live process works on, except for those in `except`,
 * and when the next one is due. If a process ended unexpectedly, its request is due when the lease
 * expires, or at once if there are no leases.
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
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('requests')
        .select(({ fn }) => fn.min('due_at').as('next'))
        .where('due_at', '>', instant)
        .as('due'),
      selectFrom('leases')
        .select(({ fn }) => fn.min('until').as('next'))
        .where('kind', '=', kind)
        .where('until', '>', instant)
        .as('free'),
    ])
    .executeTakeFirstOrThrow();
  const [next] = [later.due, later.free].filter((each) => typeof each === 'string').sort();
  return {
    ids: rows.map(({ id }) => id),
    next: next === undefined ? undefined : new Date(next),
  };
}

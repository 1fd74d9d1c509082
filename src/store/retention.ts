import type { NotNull } from 'kysely';
import { unstarted } from '../domain/job/job';
import type { RetentionStore } from '../ports/retention';
import type { Database, DatabaseKind } from './database';
import type { WriteAheadLog } from './writeAheadLog';

/** Every table whose rows belong to a request, except for links, which stay. */
const belongings = ['jobs', 'leases', 'announcements', 'typed_secrets', 'events'] as const;

export function createRetentionStore(
  db: Database,
  kind: DatabaseKind,
  writeAheadLog: WriteAheadLog,
): RetentionStore {
  return {
    async ended(before, after) {
      let ended = endedBefore(db, before).orderBy('ended_at').orderBy('id').limit(100);
      if (after !== undefined) {
        ended = ended.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('ended_at', 'id'), '>', tuple(after.endedAt, after.id)),
        );
      }
      const rows = await ended.$narrowType<{ ended_at: NotNull }>().execute();
      return rows.map(({ ended_at: endedAt, id }) => ({ id, endedAt }));
    },
    async erase(id, before) {
      const erased = await db.transaction().execute((tx) => eraseRequest(tx, kind, id, before));
      await writeAheadLog.empty();
      return erased;
    },
    async forgetDeliveries(before) {
      await db.deleteFrom('deliveries').where('at', '<', before.toISOString()).execute();
      await writeAheadLog.catchUp();
    },
  };
}

/** Requests that ended before a moment, and whose jobs did too. */
const endedBefore = (db: Database, before: Date) =>
  db
    .selectFrom('requests')
    .select(['id', 'ended_at'])
    .where('ended_at', '<', before.toISOString())
    // Earlier versions stored an end for this state.
    .where('requests.status', '!=', 'discarding')
    // A job that was started and has not ended keeps its request, as long as Ferry can read the
    // job. The time begins again when the job's status changes.
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs')
            .select('job_id')
            .whereRef('jobs.request_id', '=', 'requests.id')
            .where((where) =>
              where.or([
                where('since', '>=', before.toISOString()),
                where.and([
                  where('look_at', 'is not', null),
                  where('jobs.status', 'not in', unstarted),
                  where('seen_at', '>=', before.toISOString()),
                ]),
              ]),
            ),
        ),
      ),
    );

async function eraseRequest(
  tx: Database,
  kind: DatabaseKind,
  id: number,
  before: Date,
): Promise<boolean> {
  // Other transactions that change the request, or insert rows that refer to it, wait for this one.
  const request = await endedBefore(tx, before)
    .where('id', '=', id)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (request === undefined) return false;
  for (const table of belongings) {
    await tx.deleteFrom(table).where('request_id', '=', id).execute();
  }
  await tx.deleteFrom('requests').where('id', '=', id).execute();
  return true;
}

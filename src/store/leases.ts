import type { LeasedWork, Leases } from '../ports/leases';
import type { Database } from './database';

/** Leases for one kind of work, on PostgreSQL. `owner` is unique to this process. */
export function createLeases(db: Database, kind: LeasedWork, owner: string): Leases {
  return {
    async take(id, now, until) {
      const expires = until.toISOString();
      const taken = await db
        .insertInto('leases')
        .columns(['kind', 'request_id', 'owner', 'until'])
        // A request that is just being deleted has no lease.
        .expression((from) =>
          from
            .selectFrom('requests')
            .select(({ ref, val }) => [
              val(kind).as('kind'),
              ref('id').as('request_id'),
              val(owner).as('owner'),
              val(expires).as('until'),
            ])
            .where('id', '=', id)
            .forKeyShare(),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['kind', 'request_id'])
            .doUpdateSet({ owner, until: expires })
            .where((where) =>
              where.or([
                where('leases.until', '<=', now.toISOString()),
                where('leases.owner', '=', owner),
              ]),
            ),
        )
        .returning('owner')
        .executeTakeFirst();
      return taken !== undefined;
    },
    async renew(id, until) {
      const { numUpdatedRows } = await db
        .updateTable('leases')
        .set({ until: until.toISOString() })
        .where('kind', '=', kind)
        .where('request_id', '=', id)
        .where('owner', '=', owner)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async release(id) {
      await db
        .deleteFrom('leases')
        .where('kind', '=', kind)
        .where('request_id', '=', id)
        .where('owner', '=', owner)
        .execute();
    },
  };
}

/** For a database with a single process, which always holds every lease. */
export const unsharedLeases: Leases = {
  take: async () => true,
  renew: async () => true,
  release: async () => {},
};

import { sql } from 'kysely';
import type { Database } from './database';

export interface LeaseRequest {
  kind: string;
  requestId: number;
  owner: string;
  until: Date;
  now: Date;
}

/** Takes a lease that is free, ran out, or is the owner's already. False while somebody else has it. */
export async function takeLease(db: Database, lease: LeaseRequest): Promise<boolean> {
  const { kind, requestId, owner } = lease;
  const until = lease.until.toISOString();
  const taken = await db
    .insertInto('leases')
    .values({ kind, request_id: requestId, owner, until })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'request_id'])
        .doUpdateSet({ owner, until })
        .where((where) =>
          where.or([
            where('leases.until', '<=', lease.now.toISOString()),
            where('leases.owner', '=', owner),
          ]),
        ),
    )
    .returning('owner')
    .executeTakeFirst();
  return taken !== undefined;
}

export async function releaseLease(
  db: Database,
  { kind, requestId, owner }: Pick<LeaseRequest, 'kind' | 'requestId' | 'owner'>,
): Promise<void> {
  await db
    .deleteFrom('leases')
    .where('kind', '=', kind)
    .where('request_id', '=', requestId)
    .where('owner', '=', owner)
    .execute();
}

/**
 * The next free moment of `name`, at `now` or later; the one after it is `spacingMs` away. One
 * statement, so that processes which share the database never take the same moment.
 */
export async function takeTurn(
  db: Database,
  name: string,
  now: Date,
  spacingMs: number,
): Promise<Date> {
  const spacing = Math.ceil(spacingMs);
  const at = now.getTime();
  const { next_at: next } = await db
    .insertInto('turns')
    .values({ name, next_at: at + spacing })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        next_at: sql<number>`case when turns.next_at > ${sql.lit(at)} then turns.next_at else ${sql.lit(at)} end + ${sql.lit(spacing)}`,
      }),
    )
    .returning('next_at')
    .executeTakeFirstOrThrow();
  return new Date(next - spacing);
}

import type { Database } from './database';

/** Up to a hundred requests that ended before a moment, after one of them, by their number. */
export async function listEnded(db: Database, before: Date, afterId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('id')
    .where('ended_at', '<', before.toISOString())
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map(({ id }) => id);
}

/** Every table whose rows belong to a request; links do not. */
const belongings = ['leases', 'announcements', 'typed_secrets', 'events'] as const;

/**
 * Removes an ended request with all that belongs to it; the links of its events stay. False when
 * another process has removed it.
 */
export async function eraseRequest(db: Database, id: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    // Who wants to change the request, or to remove it too, waits here until it is gone.
    const { numUpdatedRows } = await tx
      .updateTable('requests')
      .set({ due_at: null })
      .where('id', '=', id)
      .where('ended_at', 'is not', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    for (const table of belongings) {
      await tx.deleteFrom(table).where('request_id', '=', id).execute();
    }
    await tx.deleteFrom('requests').where('id', '=', id).execute();
    return true;
  });
}

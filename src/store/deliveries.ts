import type { Database } from './database';

/**
 * Remembers that an interaction was handled. Call it in the transaction of its effect, so that both
 * are rolled back together. Returns false if the interaction was handled already.
 */
export async function rememberDelivery(db: Database, id: string, at: Date): Promise<boolean> {
  const added = await db
    .insertInto('deliveries')
    .values({ id, at: at.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** True if an interaction was handled already. */
export async function isHandled(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('deliveries')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

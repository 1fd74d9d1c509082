import type { Database } from './database';
import { rememberDelivery } from './deliveries';

/** Whether somebody wants no direct messages. */
export async function isMuted(db: Database, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('muted')
    .select('user_id')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Stores whether somebody wants direct messages. False when the interaction was handled already. */
export async function setMuted(
  db: Database,
  userId: string,
  muted: boolean,
  { delivery, at }: { delivery: string; at: Date },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (!(await rememberDelivery(tx, delivery, at))) return false;
    if (muted) {
      await tx
        .insertInto('muted')
        .values({ user_id: userId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    } else await tx.deleteFrom('muted').where('user_id', '=', userId).execute();
    return true;
  });
}

import type { Database } from './database';

/** Whether somebody wants no direct messages. */
export async function isMuted(db: Database, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('muted')
    .select('user_id')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function setMuted(db: Database, userId: string, muted: boolean): Promise<void> {
  if (muted) {
    await db
      .insertInto('muted')
      .values({ user_id: userId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } else await db.deleteFrom('muted').where('user_id', '=', userId).execute();
}

import type { Home } from '../domain/channel/home';
import type { Database } from './database';

/** Remembers that somebody looks at their Home tab, at this page of it. */
export async function openHome(
  db: Database,
  userId: string,
  page: number,
  at: Date,
): Promise<void> {
  const opened = { opened_at: at.toISOString(), page };
  await db
    .insertInto('homes')
    .values({ user_id: userId, hash: null, ...opened })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(opened))
    .execute();
}

export async function findHome(db: Database, userId: string): Promise<Home | undefined> {
  const row = await db
    .selectFrom('homes')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && { userId: row.user_id, page: row.page, hash: row.hash ?? undefined };
}

/** The people who have opened their Home tab since then, the latest first. */
export async function listHomes(db: Database, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('homes')
    .select('user_id')
    .where('opened_at', '>', since.toISOString())
    .orderBy('opened_at', 'desc')
    .execute();
  return rows.map(({ user_id: userId }) => userId);
}

export async function saveHomeHash(
  db: Database,
  userId: string,
  hash: string | undefined,
): Promise<void> {
  await db
    .updateTable('homes')
    .set({ hash: hash ?? null })
    .where('user_id', '=', userId)
    .execute();
}

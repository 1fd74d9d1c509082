import { homeFilter } from '../domain/channel/home';
import type { HomeStore } from '../ports/homes';
import type { Database, DatabaseKind } from './database';
import { unsynced } from './unsynced';

export function createHomeStore(db: Database, kind: DatabaseKind): HomeStore {
  return {
    async opened(userId, page, at, filter) {
      const opened = {
        ...{ opened_at: at.toISOString(), page },
        ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
      };
      await db
        .insertInto('homes')
        .values({ user_id: userId, hash: null, ...opened })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(opened))
        .execute();
    },
    async find(userId) {
      const row = await db
        .selectFrom('homes')
        .selectAll()
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return (
        row && {
          userId: row.user_id,
          page: row.page,
          ...(row.filter === null ? {} : { filter: homeFilter.parse(JSON.parse(row.filter)) }),
          hash: row.hash ?? undefined,
        }
      );
    },
    async openedSince(since) {
      const rows = await db
        .selectFrom('homes')
        .select('user_id')
        .where('opened_at', '>', since.toISOString())
        .orderBy('opened_at', 'desc')
        .execute();
      return rows.map(({ user_id: userId }) => userId);
    },
    async saveHash(userId, hash) {
      // If a power failure undoes this, Slack refuses the next publication, and Ferry repeats it.
      await unsynced(db, kind, (each) =>
        each
          .updateTable('homes')
          .set({ hash: hash ?? null })
          .where('user_id', '=', userId)
          .execute(),
      );
    },
  };
}

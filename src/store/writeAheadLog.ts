import { sql } from 'kysely';
import type { Database, DatabaseKind } from './database';
import { longestWaitMs } from './sqlite';

export interface WriteAheadLog {
  /**
   * Removes the old copy of an erased password. SQLite overwrites it in the file, but the
   * write-ahead log keeps the old page until the log is emptied.
   */
  empty(): Promise<void>;
  /** Empties the log if that failed earlier. */
  catchUp(): Promise<void>;
}

/**
 * The write-ahead log of SQLite. While another process reads the file, it can't be emptied. Waiting
 * would block the event loop, so the store tries again with later changes, and whenever someone
 * checks the database.
 */
export function createWriteAheadLog(db: Database, kind: DatabaseKind): WriteAheadLog {
  let isOverdue = false;
  const empty = async (): Promise<void> => {
    if (kind !== 'sqlite') return;
    // The change that erased something stays stored, whatever happens here.
    isOverdue = !(await checkpoint(db).catch(() => false));
  };
  return {
    empty,
    async catchUp() {
      if (isOverdue) await empty();
    },
  };
}

/** Returns false if another process uses the log. */
async function checkpoint(db: Database): Promise<boolean> {
  // Nobody else uses the connection until it waits for other processes again.
  return db.connection().execute(async (connection) => {
    await sql`pragma busy_timeout = 0`.execute(connection);
    try {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(
        connection,
      );
      return rows.every(({ busy }) => busy === 0);
    } finally {
      await sql`pragma busy_timeout = ${sql.lit(longestWaitMs)}`.execute(connection);
    }
  });
}

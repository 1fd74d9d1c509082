import { sql } from 'kysely';
import type { Database, DatabaseKind } from './database';

/**
 * Makes a change that Ferry can repeat or do without, if a power failure undoes it. SQLite doesn't
 * wait for the disk, which takes longer than all other work on the change. The next commit that
 * waits also secures this change, so a failure only undoes the latest ones.
 */
export async function unsynced<Result>(
  db: Database,
  kind: DatabaseKind,
  change: (db: Database) => Promise<Result>,
): Promise<Result> {
  if (kind === 'postgres') return change(db);
  // Nobody else uses the connection until it waits for the disk again.
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await change(connection);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

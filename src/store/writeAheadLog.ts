import { sql } from 'kysely';
import type { Database, DatabaseKind } from './database';

/**
 * Removes the old copy of an erased password. SQLite overwrites it in the file, but the write-ahead
 * log keeps the old page until the log is emptied. If this fails, the change stays stored, and the
 * next erasure empties the log.
 */
export async function emptyWriteAheadLog(db: Database, kind: DatabaseKind): Promise<void> {
  if (kind !== 'sqlite') return;
  await sql`pragma wal_checkpoint(truncate)`.execute(db).catch(() => {});
}

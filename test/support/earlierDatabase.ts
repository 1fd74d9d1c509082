import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import { Pool } from 'pg';
import type { DatabaseLocation } from '../../src/store/database';
import { migrationsFor } from '../../src/store/migrations/index';
import { openSqlite } from '../../src/store/sqlite';

/** Fills an empty database like a release whose newest migration was `newest`. */
export async function fillWithSchemaOf(
  newest: string,
  location: DatabaseLocation,
  fill: (db: Kysely<unknown>) => Promise<void>,
): Promise<void> {
  const dialect =
    location.kind === 'sqlite'
      ? new SqliteDialect({ database: openSqlite(location.path) })
      : new PostgresDialect({ pool: new Pool({ connectionString: location.url.reveal() }) });
  const db = new Kysely<unknown>({ dialect });
  const known = Object.entries(migrationsFor(location.kind)).filter(([name]) => name <= newest);
  const provider = { getMigrations: async () => Object.fromEntries(known) };
  try {
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error !== undefined) throw error;
    await fill(db);
  } finally {
    await db.destroy();
  }
}

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type Dialect, Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import { Pool, types } from 'pg';
import { z } from 'zod';
import type { Database, DatabaseLocation } from './database';
import { migrationsFor } from './migrations';
import type { Schema } from './schema';

/**
 * Why a database cannot be used: another process has the file, a newer version of Ferry has changed
 * the schema, or `detail` in the library's own words.
 */
export type DatabaseProblem =
  | { kind: 'in_use' }
  | { kind: 'newer_schema' }
  | { kind: 'unusable'; detail: string };

export type OpenedDatabase = { ok: true; db: Database } | { ok: false; problem: DatabaseProblem };

/** Opens the database and brings its schema up to date. */
export async function openDatabase(
  location: DatabaseLocation,
  onError: (error: unknown) => void,
): Promise<OpenedDatabase> {
  let db: Database | undefined;
  try {
    const { kind } = location;
    const dialect =
      kind === 'sqlite' ? sqlite(location.path) : postgres(location.url.reveal(), onError);
    db = new Kysely<Schema>({ dialect });
    const migrations = migrationsFor(kind);
    if (await isNewer(db, Object.keys(migrations))) {
      await db.destroy();
      return { ok: false, problem: { kind: 'newer_schema' } };
    }
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    return { ok: true, db };
  } catch (error) {
    await db?.destroy().catch(() => {});
    return { ok: false, problem: problemOf(error) };
  }
}

function sqlite(path: string): Dialect {
  mkdirSync(dirname(path), { recursive: true });
  // Only the bot's own user may read it; SQLite gives its other files the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const file = new BetterSqlite3(path, { timeout: 1_000 });
  // One process a file: the lock is taken with the first access and kept.
  file.pragma('locking_mode = EXCLUSIVE');
  file.pragma('journal_mode = WAL');
  // A commit is on the disk before anybody is told of it, and before DTS is called.
  file.pragma('synchronous = FULL');
  // An erased password is overwritten, not only unlinked.
  file.pragma('secure_delete = ON');
  file.pragma('foreign_keys = ON');
  return new SqliteDialect({ database: file });
}

function postgres(url: string, onError: (error: unknown) => void): Dialect {
  types.setTypeParser(types.builtins.INT8, Number);
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    // Also when the server has gone silent and its own limit says nothing.
    query_timeout: 15_000,
    // The locks of a process that was paused in a transaction end, or nobody could go on.
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'ferry',
  });
  // A connection that breaks, idle or between two statements, would otherwise end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return new PostgresDialect({ pool });
}

/** Whether the database has seen a migration that this version does not know. */
async function isNewer(db: Database, known: readonly string[]): Promise<boolean> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return false;
  const done = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return done.some(({ name }) => !known.includes(name));
}

const libraryError = z.object({ code: z.string() });

function problemOf(error: unknown): DatabaseProblem {
  const code = libraryError.safeParse(error).data?.code ?? '';
  if (code.startsWith('SQLITE_BUSY')) return { kind: 'in_use' };
  return { kind: 'unusable', detail: error instanceof Error ? error.message : String(error) };
}

import { closeSync, existsSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { type Dialect, Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import { Pool, type PoolConfig, TypeOverrides, types } from 'pg';
import { z } from 'zod';
import type { Database, DatabaseLocation } from './database';
import { ownFile, ownFolder } from './fileRights';
import { migrationsFor } from './migrations/index';
import { inReadOnlyTransactions, withoutDeadConnections } from './postgresPool';
import type { Schema } from './schema';
import { openSqlite, refuseFolder } from './sqlite';
import { FerrySqliteDialect } from './sqliteDialect';

/**
 * Why a database can't be used: another process locks the file, a newer version of Ferry changed
 * the schema, or the library's error in `detail`.
 */
export type DatabaseProblem =
  | { kind: 'in_use' }
  | { kind: 'newer_schema' }
  | { kind: 'unusable'; detail: string };

/**
 * A reader never changes the schema. Ferry's next start updates an older one. `absent`: Ferry hasn't
 * used this database yet.
 */
export type ReadingProblem = DatabaseProblem | { kind: 'older_schema' } | { kind: 'absent' };

export type OpenedDatabase = { ok: true; db: Database } | { ok: false; problem: DatabaseProblem };

/** Opens the database and updates its schema. */
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
    const known = Object.keys(migrationsFor(kind));
    const done = await migrationsOf(db);
    if (isNewer(done, known)) {
      await db.destroy();
      return { ok: false, problem: { kind: 'newer_schema' } };
    }
    if (done.length < known.length) await migrate(db, location, onError);
    return { ok: true, db };
  } catch (error) {
    await db?.destroy();
    return { ok: false, problem: databaseProblem(error) };
  }
}

/** Updates the schema. With a long history, a new index may take minutes. */
async function migrate(
  db: Database,
  location: DatabaseLocation,
  onError: (error: unknown) => void,
): Promise<void> {
  const patient =
    location.kind === 'sqlite'
      ? db
      : new Kysely<Schema>({ dialect: postgres(location.url.reveal(), onError, { limit: {} }) });
  try {
    const provider = { getMigrations: async () => migrationsFor(location.kind) };
    const { error } = await new Migrator({ db: patient, provider }).migrateToLatest();
    if (error !== undefined) throw error;
  } finally {
    if (patient !== db) await patient.destroy();
  }
}

const absent = { kind: 'absent' } as const;

/** Opens a database read-only. Ferry may be running on it. */
export async function openForReading(
  location: DatabaseLocation,
  onError: (error: unknown) => void,
): Promise<{ ok: true; db: Database } | { ok: false; problem: ReadingProblem }> {
  let db: Database | undefined;
  const giveUp = async (problem: ReadingProblem) => {
    await db?.destroy();
    return { ok: false, problem } as const;
  };
  try {
    const { kind } = location;
    if (kind === 'sqlite' && !existsSync(location.path)) return { ok: false, problem: absent };
    const dialect =
      kind === 'sqlite'
        ? new SqliteDialect({ database: readOnly(location.path) })
        : postgres(location.url.reveal(), onError, { isReadOnly: true });
    db = new Kysely<Schema>({ dialect });
    const known = Object.keys(migrationsFor(kind));
    const done = await migrationsOf(db);
    if (isNewer(done, known)) return await giveUp({ kind: 'newer_schema' });
    if (done.length === 0) return await giveUp(absent);
    if (done.length < known.length) return await giveUp({ kind: 'older_schema' });
    return { ok: true, db };
  } catch (error) {
    return giveUp(databaseProblem(error));
  }
}

const readOnly = (path: string) => openSqlite(path, { readonly: true, fileMustExist: true });

function sqlite(path: string): Dialect {
  mkdirSync(dirname(path), { recursive: true, mode: ownFolder });
  refuseFolder(path);
  // Only Ferry's own user may read the file. SQLite gives its other files the same mode.
  closeSync(openSync(path, 'a', ownFile));
  const lock = lockFor(path);
  try {
    const file = openSqlite(path);
    file.pragma('journal_mode = WAL');
    // A commit is on disk before anyone sees it, and before DTS is called.
    file.pragma('synchronous = FULL');
    // An erased password is overwritten, not only unlinked.
    file.pragma('secure_delete = ON');
    return new FerrySqliteDialect({
      database: {
        prepare: preparing(file),
        close() {
          file.close();
          lock.close();
        },
      },
    });
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** More than Ferry's different statements; lists of IDs make some of them vary in length. */
const mostPrepared = 500;

/**
 * Prepares each statement once, because that takes longer than most of them run. A pragma takes
 * effect when it is prepared.
 */
function preparing(file: BetterSqlite3.Database) {
  const prepared = new Map<string, BetterSqlite3.Statement>();
  return (text: string): BetterSqlite3.Statement => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    const statement = file.prepare(text);
    if (text.startsWith('pragma')) return statement;
    if (prepared.size === mostPrepared) prepared.clear();
    prepared.set(text, statement);
    return statement;
  };
}

/**
 * One process per file. A lock on the file itself would keep auditors out, so the lock is on an
 * empty file next to it. The system releases it when the process ends for any reason.
 */
function lockFor(path: string): BetterSqlite3.Database {
  const lockPath = `${realpathSync(path)}-lock`;
  closeSync(openSync(lockPath, 'a', ownFile));
  const lock = openSqlite(lockPath);
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** A statement that people wait for may not take longer. */
const limits: PoolConfig = {
  statement_timeout: 10_000,
  // This also works if the server is unreachable and its own limit has no effect.
  query_timeout: 15_000,
};

/**
 * PostgreSQL assumes by default that a page read through an index costs four times as much as one of
 * a scan. On today's disks it doesn't, and PostgreSQL would rather read all requests than look up
 * 500 of them.
 */
const cheapIndexes = 'set random_page_cost = 1.1';

function postgres(
  url: string,
  onError: (error: unknown) => void,
  { isReadOnly = false, limit = limits }: { isReadOnly?: boolean; limit?: PoolConfig } = {},
): Dialect {
  const numbers = new TypeOverrides();
  numbers.setTypeParser(types.builtins.INT8, Number);
  const pool = new Pool({
    connectionString: url,
    types: numbers,
    // Only one writer at a time passes the journal's row. More waiting writers make it slower.
    max: 5,
    // This also limits the wait for a free connection.
    connectionTimeoutMillis: 15_000,
    ...limit,
    // Ends the locks of a process that was paused in a transaction, so that others can continue.
    idle_in_transaction_session_timeout: 10_000,
    // Finds an idle connection that ended without a reset, such as after a failover.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'ferry',
    // If a setting fails, the pool discards the connection. Kysely's hook would never release it.
    async onConnect(client) {
      await client.query(cheapIndexes);
    },
  });
  // Without this, a broken connection outside of a statement would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return new PostgresDialect({
    pool: isReadOnly ? inReadOnlyTransactions(pool) : withoutDeadConnections(pool),
  });
}

/** True if the database has a migration that this version doesn't know. */
const isNewer = (done: readonly string[], known: readonly string[]): boolean =>
  done.some((name) => !known.includes(name));

/** The names of the migrations that have run on the database. */
async function migrationsOf(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const done = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return done.map(({ name }) => name);
}

const libraryError = z.object({ code: z.string() });

export function databaseProblem(error: unknown): DatabaseProblem {
  const code = libraryError.safeParse(error).data?.code ?? '';
  if (code.startsWith('SQLITE_BUSY')) return { kind: 'in_use' };
  return { kind: 'unusable', detail: error instanceof Error ? error.message : String(error) };
}

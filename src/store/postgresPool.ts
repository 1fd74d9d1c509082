import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { DatabaseError, type Pool, type PoolClient } from 'pg';

/**
 * A pool that stops using a connection
 * - after a statement without a response. The server may be gone, and every statement would wait.
 * - after a write to a read-only session. The server may accept writes by now, but the session
 *   keeps the setting with which it began.
 */
export const withoutDeadConnections = (pool: Pool): PostgresPool => ({
  connect: async () => new PooledConnection(await pool.connect()),
  end: () => pool.end(),
});

/**
 * The same, but runs each statement in a read-only transaction. A setting of the session would stay
 * on a connection of PgBouncer that the bot uses next.
 */
export const inReadOnlyTransactions = (pool: Pool): PostgresPool => ({
  connect: async () => {
    const connection = new ReadingConnection(await pool.connect());
    await connection.begin();
    return connection;
  },
  end: () => pool.end(),
});

class PooledConnection implements PostgresPoolClient {
  readonly #client: PoolClient;
  #isReadOnly = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  // Ferry uses no cursors.
  query(sql: string & PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
    return this.#client.query(sql, [...parameters]).catch((error: unknown) => {
      // The driver closes the socket at once, and the pool removes a client that was ended.
      if (isTimeout(error)) void this.#client.end();
      if (isReadOnly(error)) this.#isReadOnly = true;
      throw error;
    });
  }

  release(): void {
    this.#client.release(this.#isReadOnly);
  }
}

class ReadingConnection extends PooledConnection {
  async begin(): Promise<void> {
    try {
      await this.query('begin read only', []);
    } catch (error) {
      super.release();
      throw error;
    }
  }

  override release(): void {
    const release = () => super.release();
    // The pool removes a connection that can't commit, because it is closed.
    this.query('commit', []).then(release, release);
  }
}

/** The driver's error after `query_timeout`. The server's own timeout has another message. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout';

/** PostgreSQL's code `read_only_sql_transaction`. */
const isReadOnly = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '25006';

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';

/** Statements may use the event loop this long before a click can be acknowledged. In ms. */
const longestTurnMs = 1;

/**
 * SQLite as Ferry uses it:
 * - A statement that comes late in a turn of the event loop waits for the next turn. SQLite answers at
 *   once, so statements alone never return to the event loop, and a busy Ferry would not read from its
 *   sockets.
 * - An upgrade of the schema is one transaction. SQLite can do that, but Kysely doesn't use it.
 */
export class FerrySqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }

  override createDriver(): Driver {
    return new YieldingDriver(this.#config);
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class YieldingDriver extends SqliteDriver {
  #beganAt: number | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    // The others wait for this one, so they keep their order.
    const connection = await super.acquireConnection();
    if (this.#isLate()) {
      await nextTurn();
      this.#begin();
    }
    return connection;
  }

  /** True if this turn of the event loop, as far as it used the database, took too long. */
  #isLate(): boolean {
    if (this.#beganAt === undefined) {
      this.#begin();
      return false;
    }
    return performance.now() - this.#beganAt > longestTurnMs;
  }

  #begin(): void {
    this.#beganAt = performance.now();
    setImmediate(() => {
      this.#beganAt = undefined;
    });
  }
}

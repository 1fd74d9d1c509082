import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Secret } from '../../src/domain/secrets/secret';
import type { Database, DatabaseLocation } from '../../src/store/database';
import { openDatabase, openForReading } from '../../src/store/openDatabase';
import { readDatabase } from '../../src/store/readDatabase';
import { openSqlite } from '../../src/store/sqlite';
import { isFileWritable } from '../../src/store/writable';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { eventually } from '../support/eventually';
import { listenLocally } from '../support/listenLocally';
import { migratedPostgresDatabase } from '../support/postgres';
import { shortenTimers } from '../support/shortenTimers';
import { databases } from '../support/startTestFerry';
import { tcpProxy } from '../support/tcpProxy';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-open-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ignore = () => {};
const unusable = { ok: false, problem: { kind: 'unusable', detail: expect.stringMatching(/./) } };

describe.each(databases)('on %s, a database', (name) => {
  it('of a newer version is neither opened nor read', async () => {
    const location = await aDatabase(name, folder);
    const db = await openOrFail(location);
    await sql`insert into kysely_migration (name, timestamp) values ('9999_later', '')`.execute(db);
    await db.destroy();
    const newer = { ok: false, problem: { kind: 'newer_schema' } };
    expect(await openForReading(location, ignore)).toEqual(newer);
    expect(await openDatabase(location, ignore)).toEqual(newer);
  });

  it('that Ferry has not used is absent to a reader, who leaves it empty', async () => {
    const location = await aDatabase(name, folder);
    const absent = { ok: false, problem: { kind: 'absent' } };
    for (let time = 0; time < 2; time += 1) {
      expect(await openForReading(location, ignore)).toEqual(absent);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('whose schema can’t be updated is not used', async () => {
    const location = await aDatabase(name, folder);
    const db = await openOrFail(location);
    await sql`delete from kysely_migration
      where name = (select max(name) from kysely_migration)`.execute(db);
    await db.destroy();
    // The last migration finds its own changes.
    expect(await openDatabase(location, ignore)).toEqual(unusable);
    expect(await openForReading(location, ignore)).toEqual({
      ...{ ok: false, problem: { kind: 'older_schema' } },
    });
  });

  it('whose reading fails is reported, not thrown', async () => {
    const location = await aDatabase(name, folder);
    await (await openOrFail(location)).destroy();
    const read = () => Promise.reject(new Error('the connection was lost'));
    expect(await readDatabase(location, read)).toEqual({
      ...{ ok: false, problem: { kind: 'unusable', detail: 'the connection was lost' } },
    });
  });
});

it('is opened on PostgreSQL without leaving the connection that updated its schema', async () => {
  const location = await aDatabase('postgres', folder);
  const db = await openOrFail(location);
  // The server may still be ending a connection that was closed.
  await eventually('one connection', async () => {
    const { rows } = await sql`
      select pid from pg_stat_activity where datname = current_database()`.execute(db);
    return rows.length === 1;
  });
  await db.destroy();
});

it('releases its lock if the file is no database', async () => {
  const path = join(folder, 'ferry.db');
  writeFileSync(path, 'some text that is long enough to be read as a database. '.repeat(99));
  expect(await openDatabase({ kind: 'sqlite', path }, ignore)).toEqual(unusable);
  const lock = openSqlite(`${path}-lock`, { timeout: 0 });
  lock.exec('begin exclusive');
  lock.close();
});

it('answers more different statements than it keeps prepared', async () => {
  const db = await openOrFail(await aDatabase('sqlite', folder));
  const numbers = Array.from({ length: 600 }, (_, index) => index);
  for (const round of [1, 2]) {
    for (const number of numbers) {
      const { rows } = await sql`select ${sql.lit(number)} as number, ${round} as round`.execute(
        db,
      );
      expect(rows).toEqual([{ number, round }]);
    }
  }
  await db.destroy();
});

it('prepares a statement once, and keeps at most five hundred', async () => {
  const db = await openOrFail(await aDatabase('sqlite', folder));
  const memory = openSqlite(':memory:');
  const prepare = jest.spyOn(Object.getPrototypeOf(memory), 'prepare');
  memory.close();
  /** How many statements were prepared to run these. */
  const prepared = async (from: number, to: number) => {
    prepare.mockClear();
    for (let number = from; number < to; number += 1)
      await sql`select ${sql.lit(number)} as number`.execute(db);
    return prepare.mock.calls.length;
  };
  try {
    expect(await prepared(0, 400)).toBe(400);
    expect(await prepared(0, 400)).toBe(0);
    await prepared(400, 600);
    expect(await prepared(0, 1)).toBe(1);
    expect(await prepared(599, 600)).toBe(0);
  } finally {
    prepare.mockRestore();
    await db.destroy();
  }
});

describe('on SQLite, a database', () => {
  const path = () => join(folder, 'some', 'data', 'ferry.db');
  const settingsOf = async (db: Database, names: readonly string[]) => {
    const settings: unknown[] = [];
    for (const name of names) {
      const { rows } = await sql<object>`pragma ${sql.raw(name)}`.execute(db);
      settings.push(...rows.flatMap((row) => Object.values(row)));
    }
    return settings;
  };

  it('is usable after an upgrade that failed, whichever statement failed', async () => {
    const memory = openSqlite(':memory:');
    const connections = Object.getPrototypeOf(memory);
    memory.close();
    const { prepare } = connections;
    /** Opens the database. After so many statements, one fails. */
    const openUntil = async (path: string, statements: number) => {
      let left = statements;
      const failing = jest.spyOn(connections, 'prepare').mockImplementation(function (
        this: unknown,
        text: unknown,
      ) {
        left -= 1;
        if (left === 0) throw new Error('the disk is full');
        return prepare.call(this, text);
      });
      try {
        return await openDatabase({ kind: 'sqlite', path }, ignore);
      } finally {
        failing.mockRestore();
      }
    };
    let failed = 0;
    for (let statements = 1; ; statements += 2) {
      const path = join(folder, `${statements}.db`);
      const first = await openUntil(path, statements);
      if (first.ok) {
        await first.db.destroy();
        break;
      }
      failed += 1;
      await (await openOrFail({ kind: 'sqlite', path })).destroy();
    }
    expect(failed).toBeGreaterThan(40);
  });

  it('keeps commits, erases what is deleted, checks references, and waits a second for others', async () => {
    const db = await openOrFail({ kind: 'sqlite', path: path() });
    const names = ['journal_mode', 'synchronous', 'secure_delete', 'foreign_keys', 'busy_timeout'];
    const full = 2;
    expect(await settingsOf(db, names)).toEqual(['wal', full, 1, 1, 1_000]);
    // The lock has no journal, because nothing is written to it.
    expect(readdirSync(join(folder, 'some', 'data')).sort()).toEqual(
      ['', '-lock', '-shm', '-wal'].map((suffix) => `ferry.db${suffix}`),
    );
    const reading = await openForReading({ kind: 'sqlite', path: path() }, ignore);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
    expect(await settingsOf(reading.db, ['busy_timeout'])).toEqual([1_000]);
    await reading.db.destroy();
    await db.destroy();
  });

  it('is used by one process at a time, and free after that', async () => {
    const location = { kind: 'sqlite', path: path() } as const;
    const db = await openOrFail(location);
    const inUse = { ok: false, problem: { kind: 'in_use' } };
    expect(await openDatabase(location, ignore)).toEqual(inUse);
    await db.destroy();
    await (await openOrFail(location)).destroy();
  });
});

describe('on PostgreSQL, a connection', () => {
  let db: Database;
  beforeEach(async () => {
    db = await openOrFail({ kind: 'postgres', url: new Secret(await migratedPostgresDatabase()) });
  });
  afterEach(() => db.destroy());

  it('names Ferry, and ends long statements and abandoned transactions', async () => {
    const { rows } = await sql`select
      current_setting('application_name') as name,
      current_setting('statement_timeout') as longest,
      current_setting('idle_in_transaction_session_timeout') as idle`.execute(db);
    expect(rows).toEqual([{ name: 'ferry', longest: '10s', idle: '10s' }]);
  });

  it('is probed while it is idle, from its tenth second on', async () => {
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    try {
      const url = new Secret(await migratedPostgresDatabase());
      const opened = await openOrFail({ kind: 'postgres', url });
      expect(keepAlive).toHaveBeenLastCalledWith(true, 10_000);
      await opened.destroy();
    } finally {
      keepAlive.mockRestore();
    }
  });

  it('parses a count to a number', async () => {
    const { rows } = await sql`select count(*) as count, 4611686018427 as large`.execute(db);
    expect(rows).toEqual([{ count: 1, large: 4_611_686_018_427 }]);
  });

  it('is one of five', async () => {
    const count = () =>
      sql<{ count: number }>`
      select count(*) as count from pg_stat_activity where application_name = 'ferry'
        and datname = current_database()`.execute(db);
    await Promise.all(Array.from({ length: 20 }, count));
    const { rows } = await count();
    expect(rows).toEqual([{ count: 5 }]);
  });

  it.each<[string, (opened: Database, end: (connection: Database) => Promise<void>) => unknown]>([
    ['while it is idle', (opened, end) => end(opened)],
    // The pool doesn't listen to a connection that is in use.
    ['while it is in use', (opened, end) => opened.connection().execute(end)],
  ])('that breaks %s is reported, and another one replaces it', async (_, use) => {
    const errors: unknown[] = [];
    const url = new Secret(await migratedPostgresDatabase());
    const opened = await openDatabase({ kind: 'postgres', url }, (error) => errors.push(error));
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    await use(opened.db, async (connection) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        connection,
      );
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
      await eventually('a report', () => errors.length > 0);
    });
    await sql`select 1`.execute(opened.db);
    expect(errors).toEqual(errors.map(() => expect.any(Error)));
    await opened.db.destroy();
  });

  it('of a reader accepts writes after a statement, because the bot may use it next through a pooler', async () => {
    const url = new Secret(await migratedPostgresDatabase());
    const settings = sql<object>`select current_setting('default_transaction_read_only') as later,
      current_setting('transaction_read_only') as now`;
    const reading = await readDatabase({ kind: 'postgres', url }, (reader) =>
      settings.execute(reader),
    );
    expect(reading).toMatchObject({ ok: true, result: { rows: [{ later: 'off', now: 'on' }] } });
  });

  it('whose first statement fails is closed, and new ones work as soon as the server does', async () => {
    const url = new URL(await migratedPostgresDatabase());
    const pooler = await tcpProxy(Number(url.port));
    url.port = String(pooler.port);
    const location = { kind: 'postgres', url: new Secret(url.href) } as const;
    const behind = await openOrFail(location);
    const lost = pooler.refuse('set ');
    const moreThanThePoolHas = 10;
    for (let count = 0; lost.times() < moreThanThePoolHas && count < 20; count += 1) {
      await expect(sql`select 1`.execute(behind)).rejects.toThrow();
    }
    expect(lost.times()).toBe(moreThanThePoolHas);
    lost.end();
    await sql`select 1`.execute(behind);
    await behind.destroy();
    await pooler.close();
  });

  it('that refuses a write as read-only is not used again', async () => {
    const url = new Secret(await migratedPostgresDatabase());
    const name = new URL(url.reveal()).pathname.slice(1);
    const setting = `database "${name}" set default_transaction_read_only`;
    await sql`alter ${sql.raw(setting)} = on`.execute(db);
    const during = await openOrFail({ kind: 'postgres', url });
    await sql`alter ${sql.raw(setting)} = off`.execute(db);
    const write = (tx: Database) => sql`create table written ()`.execute(tx);
    await expect(during.transaction().execute(write)).rejects.toMatchObject({ code: '25006' });
    await during.transaction().execute(write);
    await during.destroy();
  });

  it.each([
    ['a statement', (other: Database) => sql`select 1`.execute(other)],
    [
      'a transaction',
      (other: Database) => other.transaction().execute((tx) => sql`select 1`.execute(tx)),
    ],
  ])('that died without a reset fails %s once, and is not used again', async (_, use) => {
    const url = new URL(await migratedPostgresDatabase());
    const proxy = await tcpProxy(Number(url.port));
    url.port = String(proxy.port);
    const behind = await openOrFail({ kind: 'postgres', url: new Secret(url.href) });
    await Promise.all(Array.from({ length: 5 }, () => use(behind)));
    proxy.silence();
    const restore = shortenTimers(15_000, 50);
    try {
      const dead = Array.from({ length: 5 }, () => use(behind));
      for (const { status } of await Promise.allSettled(dead)) expect(status).toBe('rejected');
    } finally {
      restore();
    }
    await use(behind);
    await behind.destroy();
    await proxy.close();
  });

  it('whose server does not respond to a statement is given up', async () => {
    await db.connection().execute(async (connection) => {
      await sql`set statement_timeout = 0`.execute(connection);
      const restore = shortenTimers(15_000, 5);
      try {
        await expect(sql`select pg_sleep(600)`.execute(connection)).rejects.toThrow(/timeout/);
      } finally {
        restore();
      }
    });
  });
});

it('gives a PostgreSQL server up that accepts connections without responding', async () => {
  const silent = createServer();
  const port = await listenLocally(silent);
  const url = new Secret(`postgres://ferry@127.0.0.1:${port}/ferry`);
  const location: DatabaseLocation = { kind: 'postgres', url };
  const restore = shortenTimers(15_000, 5);
  try {
    for (const open of [openDatabase, openForReading])
      expect(await open(location, ignore)).toEqual(unusable);
  } finally {
    restore();
    silent.close();
  }
});

describe('the file of a database', () => {
  it('is writable if the nearest folder that exists is', () => {
    expect(isFileWritable(join(folder, 'some', 'data', 'ferry.db'))).toBe(true);
    mkdirSync(join(folder, 'data'));
    expect(isFileWritable(join(folder, 'data', 'ferry.db'))).toBe(true);
  });
});

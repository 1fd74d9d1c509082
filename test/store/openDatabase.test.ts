import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase, openForReading } from '../../src/store/openDatabase';
import { readDatabase } from '../../src/store/readDatabase';
import { openSqlite } from '../../src/store/sqlite';
import { isFileWritable } from '../../src/store/writable';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { eventually } from '../support/eventually';
import { databases } from '../support/startTestFerry';

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

describe('the file of a database', () => {
  it('is writable if the nearest folder that exists is', () => {
    expect(isFileWritable(join(folder, 'some', 'data', 'ferry.db'))).toBe(true);
    mkdirSync(join(folder, 'data'));
    expect(isFileWritable(join(folder, 'data', 'ferry.db'))).toBe(true);
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { isFileWritable, takesWrites } from '../../src/store/writable';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { databases } from '../support/startTestFerry';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-writable-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each(databases)('a new database on %s takes writes', async (name) => {
  const location = await aDatabase(name, folder);
  const db = await openOrFail(location);
  expect(await takesWrites(db, location)).toBe(true);
  await db.destroy();
});

it('a file that does not exist can be written where it can be created', () => {
  expect(isFileWritable(join(folder, 'a', 'ferry.db'))).toBe(true);
  // The rights of /proc let root write, but nobody can create a file there.
  expect(isFileWritable('/proc/ferry.db')).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it('PostgreSQL takes no writes if it is read-only by default', async () => {
  const location = await aDatabase('postgres', folder);
  const db = await openOrFail(location);
  await db.connection().execute(async (connection) => {
    await sql`set default_transaction_read_only = on`.execute(connection);
    expect(await takesWrites(connection, location)).toBe(false);
  });
  await db.destroy();
});

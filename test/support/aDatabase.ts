import { join } from 'node:path';
import { Secret } from '../../src/domain/secrets/secret';
import type { Database, DatabaseLocation } from '../../src/store/database';
import { openDatabase } from '../../src/store/openDatabase';
import { newPostgresDatabase } from './postgres';
import type { DatabaseName } from './startTestFerry';

/** A new, empty database: a file in `folder`, or one on the test run's PostgreSQL server. */
export async function aDatabase(name: DatabaseName, folder: string): Promise<DatabaseLocation> {
  return name === 'sqlite'
    ? { kind: 'sqlite', path: join(folder, 'ferry.db') }
    : { kind: 'postgres', url: new Secret(await newPostgresDatabase()) };
}

export async function openOrFail(location: DatabaseLocation): Promise<Database> {
  const opened = await openDatabase(location, () => {});
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  return opened.db;
}

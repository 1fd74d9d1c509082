import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

/** The path of an SQLite file that only has Ferry's current schema, set by `globalSetup`. */
export const fileVariable = 'FERRY_TEST_SQLITE';

/** A file in `folder`, as Ferry leaves it after its first start. */
export function migratedSqliteFile(folder: string): string {
  const file = process.env[fileVariable];
  if (file === undefined) throw new Error(`${fileVariable} is not set: is globalSetup running?`);
  const path = join(folder, 'ferry.db');
  copyFileSync(file, path);
  return path;
}

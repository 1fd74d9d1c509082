import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

/** Set by `globalSetup`: an SQLite file in which Ferry's schema is up to date, and nothing else. */
export const fileVariable = 'FERRY_TEST_SQLITE';

/** A file in `folder` as it is after Ferry was started on it once. */
export function migratedSqliteFile(folder: string): string {
  const file = process.env[fileVariable];
  if (file === undefined) throw new Error(`${fileVariable} is not set: is globalSetup running?`);
  const path = join(folder, 'ferry.db');
  copyFileSync(file, path);
  return path;
}

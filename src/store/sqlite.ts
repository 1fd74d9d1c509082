import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import BetterSqlite3 from 'better-sqlite3';

/** Throws if the path is a folder. SQLite would only say “disk I/O error”. */
export function refuseFolder(path: string): void {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) throw new Error('it is a folder, not a file');
}

/** How long a statement waits for another process that uses the file, in ms. */
export const longestWaitMs = 1_000;

/**
 * Opens a file with better-sqlite3 in the major version that works with this Node. 12 aborts the
 * process on Node 24.19 and newer as soon as it frees a statement; 13 needs Node 22. Throws the
 * library's errors.
 */
export function openSqlite(path: string, options?: BetterSqlite3.Options): BetterSqlite3.Database {
  refuseFolder(path);
  const isNew = Number.parseInt(process.versions.node, 10) >= 24;
  const Sqlite: typeof BetterSqlite3 = isNew
    ? createRequire(__filename)('better-sqlite3-13')
    : BetterSqlite3;
  return new Sqlite(path, { timeout: longestWaitMs, ...options });
}

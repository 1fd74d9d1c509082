import { createRequire } from 'node:module';
import BetterSqlite3 from 'better-sqlite3';

/**
 * better-sqlite3 in the major version that works with this Node. 12 aborts the process on Node 24.19
 * and newer as soon as it frees a statement; 13 needs Node 22.
 */
export const Sqlite: typeof BetterSqlite3 =
  Number(process.versions.node.split('.')[0]) >= 24
    ? createRequire(__filename)('better-sqlite3-13')
    : BetterSqlite3;

import { accessSync, constants, existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sql } from 'kysely';
import type { Database, DatabaseLocation } from './database';

/**
 * True if this user may write the file of the database, or create it. Only creating something shows the latter: root has
 * all rights in /proc, for example, and can create nothing there.
 */
export function isFileWritable(path: string): boolean {
  const file = resolve(path);
  let folder = dirname(file);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
    else rmdirSync(mkdtempSync(join(folder, '.ferry-')));
    return true;
  } catch {
    return false;
  }
}

/** True if the server is not a standby, which accepts no writes. */
export async function takesWrites(db: Database, location: DatabaseLocation): Promise<boolean> {
  if (location.kind === 'sqlite') return isFileWritable(location.path);
  const { rows } = await sql<{
    standby: boolean;
    setting: string;
  }>`select pg_is_in_recovery() as standby, current_setting('default_transaction_read_only') as setting`.execute(
    db,
  );
  return rows.every(({ setting, standby }) => !standby && setting === 'off');
}

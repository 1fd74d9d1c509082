import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { ownFile } from './fileRights';
import { openSqlite } from './sqlite';

/** Why no copy was made. `detail`: the error of the library or the system. */
export type BackupProblem =
  | { kind: 'absent' }
  | { kind: 'target_exists' }
  | { kind: 'unusable'; detail: string };

/**
 * Copies an SQLite database, of any version of Ferry, to a new file. Ferry may be running on it.
 * The copy is complete and on disk when this returns no problem.
 */
export function backUp(path: string, target: string): BackupProblem | undefined {
  if (!existsSync(path)) return { kind: 'absent' };
  if (existsSync(target)) return { kind: 'target_exists' };
  try {
    closeSync(openSync(target, 'wx', ownFile));
  } catch (error) {
    return unusable(error);
  }
  try {
    copy(path, target);
    const file = openSync(target, 'r+');
    fsyncSync(file);
    closeSync(file);
    return undefined;
  } catch (error) {
    rmSync(target, { force: true });
    return unusable(error);
  }
}

function copy(path: string, target: string): void {
  const source = openSqlite(path, { readonly: true, fileMustExist: true });
  try {
    // The copy has one moment's content, without erased passwords in free pages.
    source.prepare('vacuum into ?').run(target);
  } finally {
    source.close();
  }
}

const unusable = (error: unknown): BackupProblem => ({
  kind: 'unusable',
  detail: error instanceof Error ? error.message : String(error),
});

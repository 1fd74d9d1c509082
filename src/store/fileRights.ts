import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** For the bot's own user alone: what Ferry creates has these modes, whatever the umask. */
export const ownFolder = 0o700;
export const ownFile = 0o600;

export interface LaxRights {
  path: string;
  /** As `ls` and `chmod` have it: `0644`. */
  mode: string;
}

/** The folder and files of an SQLite database that other users of the machine can open. */
export function laxRights(path: string): LaxRights[] {
  // Modes mean nothing there.
  if (process.platform === 'win32') return [];
  const files = ['', '-wal', '-shm', '-lock'].map((suffix) => `${path}${suffix}`);
  return [dirname(path), ...files].flatMap((each) => {
    const mode = statSync(each, { throwIfNoEntry: false })?.mode ?? 0;
    const rights = mode & 0o7777;
    return (rights & 0o077) === 0
      ? []
      : [{ path: each, mode: rights.toString(8).padStart(4, '0') }];
  });
}

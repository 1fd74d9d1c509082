import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Modes of files that Ferry creates, whatever the umask: only its own user may open them. */
export const ownFolder = 0o700;
export const ownFile = 0o600;

export interface LaxRights {
  path: string;
  /** In the notation of `chmod`, such as `0644`. */
  mode: string;
}

/** The folder and files of an SQLite database that other users of the machine can open. */
export function laxRights(path: string): LaxRights[] {
  // Windows has no such modes.
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

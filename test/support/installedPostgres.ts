import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../playground/freePort';

const run = promisify(execFile);
const installations = '/usr/lib/postgresql';

/** The programs of the newest PostgreSQL that Debian's packages installed, if there is one. */
const [newest] = (existsSync(installations) ? readdirSync(installations) : [])
  .filter((version) => existsSync(join(installations, version, 'bin/initdb')))
  .sort((one, other) => Number(other) - Number(one));

export const postgresPrograms = newest && join(installations, newest, 'bin');

/** Starts a server of Debian's PostgreSQL, whose `pg_dump` has the same version, in `folder`. */
export async function startInstalledPostgres(programs: string, folder: string) {
  const data = join(folder, 'cluster');
  mkdirSync(data);
  // The server refuses to run as root.
  const owner = process.getuid?.() === 0 ? await userNamed('postgres') : undefined;
  if (owner !== undefined) chownSync(data, owner.uid, owner.gid);
  const port = await freePort();
  const program = (name: string, ...args: string[]) =>
    run(join(programs, name), args, { ...owner, cwd: '/' });
  await program('initdb', '-D', data, '-U', 'ferry', '-A', 'trust', '--no-sync');
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  const stop = async (): Promise<void> => {
    await program('pg_ctl', 'stop', '-m', 'immediate', '-D', data);
  };
  try {
    await program('pg_ctl', 'start', '-w', '-D', data, '-l', join(data, 'log'), '-o', settings);
  } catch (error) {
    // The server may run even though it did not start in time.
    await stop().catch(() => {});
    throw error;
  }
  return {
    /** The URL of a database on the server. */
    url: (name: string): string => `postgres://ferry@127.0.0.1:${port}/${name}`,
    stop,
  };
}

async function userNamed(name: string) {
  const id = async (flag: string): Promise<number> =>
    Number((await run('id', [flag, name])).stdout.trim());
  return { uid: await id('-u'), gid: await id('-g') };
}

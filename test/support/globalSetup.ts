import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../playground/postgres';
import { Secret } from '../../src/domain/secrets/secret';
import type { DatabaseLocation } from '../../src/store/database';
import { openDatabase } from '../../src/store/openDatabase';
import { connect, databaseUrl, migrated, serverVariable } from './postgresServer';
import { fileVariable } from './sqlite';

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
  const postgres = await startPostgres(written, [
    'max_connections=300',
    'fsync=off',
    'full_page_writes=off',
    // Its rounds through hundreds of databases take a fifth of the time of a connection.
    'autovacuum=off',
  ]);
  const server = postgres.url;
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

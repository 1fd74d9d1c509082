import { Client } from 'pg';

/** Set by `globalSetup`: the address of a PostgreSQL server that this test run started. */
export const serverVariable = 'FERRY_TEST_POSTGRES';
/** The name of a database there in which Ferry's schema is up to date, and nothing else. */
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

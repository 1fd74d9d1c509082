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

const textIn = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Every row of every table, as text. */
export async function everyRow(url: string): Promise<string> {
  const client = await connect(url);
  const { rows: tables } = await client.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query({ text: `select * from ${name}`, rowMode: 'array' });
    texts.push(...rows.map((values: unknown[]) => values.map(textIn).join('\n')));
  }
  await client.end();
  return texts.join('\n');
}

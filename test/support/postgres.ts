import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Set by `globalSetup`: the address of a PostgreSQL server that this test run started. */
export const serverVariable = 'FERRY_TEST_POSTGRES';

/** A new, empty database on the test run's PostgreSQL server. */
export async function newPostgresDatabase(): Promise<string> {
  const server = process.env[serverVariable];
  if (server === undefined)
    throw new Error(`${serverVariable} is not set: is globalSetup running?`);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

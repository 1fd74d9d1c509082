import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { connect, databaseUrl, migrated, serverVariable } from './postgresServer';

/** One connection per test file, because connecting takes as long as copying a database. */
let administrator: Promise<Client> | undefined;
const made: string[] = [];

/**
 * A new, empty database on the test run's PostgreSQL server, which exists until the test file ends.
 */
export const newPostgresDatabase = (): Promise<string> => copyOf('template1');

/**
 * A copy of a database that Ferry has used before. Most tests need one, and copying halves the
 * time.
 */
export const migratedPostgresDatabase = (): Promise<string> => copyOf(migrated);

async function copyOf(template: string): Promise<string> {
  const server = process.env[serverVariable];
  if (server === undefined)
    throw new Error(`${serverVariable} is not set: is globalSetup running?`);
  administrator ??= connect(server);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = await administrator;
  // Faster than through the log, as long as the server doesn't wait for its disk.
  await client.query(`create database ${name} template ${template} strategy file_copy`);
  made.push(name);
  return databaseUrl(server, name);
}

afterAll(async () => {
  const client = await administrator;
  for (const name of made.splice(0)) await client?.query(`drop database ${name} with (force)`);
  await client?.end();
});

import { type Kysely, sql } from 'kysely';

/** Finds the newest requests of a channel or a person without reading the others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index requests_newest_in_channel on requests (channel, id)`.execute(db);
  await sql`create index requests_newest_of_requester on requests (requester_id, id)`.execute(db);
  for (const name of ['requests_channel', 'requests_requester_id', 'requests_of_requester']) {
    await sql`drop index ${sql.ref(name)}`.execute(db);
  }
}

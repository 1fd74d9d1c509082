import { type Kysely, sql } from 'kysely';

/**
 * Removes indexes through which a query reads a long history. Without statistics, SQLite prefers
 * them to the indexes of what is open, and to a list of IDs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // As an equality, `ended_at` makes this index better than `requests_newest_of_requester`.
  await sql`
    create index requests_open_of_requester on requests (requester_id, ended_at, id)
    where ended_at is null
  `.execute(db);
  await sql`create index jobs_of_status_since on jobs (status, since)`.execute(db);
  for (const name of [
    'requests_open_requester_id',
    'requests_job_name',
    'requests_status',
    'jobs_of_status',
  ]) {
    await sql`drop index ${sql.ref(name)}`.execute(db);
  }
}

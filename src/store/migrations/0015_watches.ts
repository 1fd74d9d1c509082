import { type Kysely, sql } from 'kysely';

/** Nobody watches a job twice at the same time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index requests_watched on requests (job_id) where status = 'watching'`.execute(
    db,
  );
}

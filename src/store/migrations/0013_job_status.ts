import { type Kysely, sql } from 'kysely';

/** Lists jobs by their status. */
export async function up(db: Kysely<unknown>, kind: 'sqlite' | 'postgres'): Promise<void> {
  await db.schema.alterTable('jobs').addColumn('status', 'text').execute();
  const status = kind === 'sqlite' ? sql`seen ->> '$.status'` : sql`seen::json ->> 'status'`;
  await sql`update jobs set status = ${status} where seen is not null`.execute(db);
  await sql`create index jobs_of_status on jobs (status)`.execute(db);
}

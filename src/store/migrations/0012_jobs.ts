import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** Jobs that Ferry follows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('request_id', 'integer', (column) =>
      column.primaryKey().references('requests.id').onDelete('cascade'),
    )
    .addColumn('job_id', 'text', required)
    .addColumn('region', 'text', required)
    .addColumn('api', 'text')
    .addColumn('seen', 'text')
    .addColumn('since', 'text')
    .addColumn('seen_at', 'text')
    .addColumn('look_at', 'text')
    .addColumn('progress_ts', 'text')
    .addColumn('progress_digest', 'text')
    .addColumn('progress_at', 'text')
    .execute();
  await sql`create index jobs_due on jobs (look_at) where look_at is not null`.execute(db);
}

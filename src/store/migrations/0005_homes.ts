import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('homes')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('opened_at', 'text', required)
    .addColumn('page', 'integer', required)
    .addColumn('hash', 'text')
    .execute();
  for (const column of ['requester_id', 'status']) {
    await db.schema.createIndex(`requests_${column}`).on('requests').column(column).execute();
  }
}

import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', required)
    .execute();
  await db.schema.createIndex('deliveries_at').on('deliveries').column('at').execute();
  await db.schema.createIndex('requests_channel').on('requests').column('channel').execute();
}

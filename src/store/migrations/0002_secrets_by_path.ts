import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const ofRequest = (column: ColumnDefinitionBuilder) => column.notNull().references('requests.id');

export async function up(db: Kysely<unknown>): Promise<void> {
  // Before this migration, every request had one secret, which was typed.
  await db.schema
    .alterTable('requests')
    .addColumn('secrets', 'text', (column) =>
      column.notNull().defaultTo('{"SrcInfo.Password":{"kind":"typed"}}'),
    )
    .execute();
  await db.schema
    .createTable('typed_secrets')
    .addColumn('request_id', 'integer', ofRequest)
    .addColumn('path', 'text', required)
    .addColumn('sealed', 'text', required)
    .addPrimaryKeyConstraint('typed_secrets_key', ['request_id', 'path'])
    .execute();
  await sql`insert into typed_secrets (request_id, path, sealed)
    select request_id, 'SrcInfo.Password', sealed from secrets`.execute(db);
  await db.schema.dropTable('secrets').execute();
}

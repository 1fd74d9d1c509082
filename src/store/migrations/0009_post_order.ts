import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('announcements')
    .addColumn('seen_version', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('announcements').addColumn('hold_until', 'text').execute();
  // Claims of launches and each action of DTS have separate turns now.
  await sql`delete from turns where name = 'dts'`.execute(db);
}

import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('requests').addColumn('observed', 'text').execute();
  await db.schema.alterTable('homes').addColumn('filter', 'text').execute();
}

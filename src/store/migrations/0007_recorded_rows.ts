import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Older events and links have `null` here and are hashed without it. The `null` also marks
  // passwords that were sealed before sealing included their use.
  await db.schema.alterTable('events').addColumn('hashes', 'text').execute();
  await db.schema.alterTable('links').addColumn('request_id', 'integer').execute();
  await db.schema
    .createIndex('links_request_id')
    .on('links')
    .columns(['request_id', 'position'])
    .execute();
}

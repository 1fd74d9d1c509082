import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Events and links from before have `null` here, and their hashes are made without it. That
  // also marks passwords that were sealed before they were bound to what they are for.
  await db.schema.alterTable('events').addColumn('hashes', 'text').execute();
  await db.schema.alterTable('links').addColumn('request_id', 'integer').execute();
  await db.schema
    .createIndex('links_request_id')
    .on('links')
    .columns(['request_id', 'position'])
    .execute();
}

import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const ofRequest = (column: ColumnDefinitionBuilder) => column.notNull().references('requests.id');

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('announcements').renameTo('earlier_announcements').execute();
  await db.schema
    .createTable('announcements')
    .addColumn('request_id', 'integer', ofRequest)
    .addColumn('audience', 'text', required)
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('digest', 'text')
    .addColumn('told_seq', 'integer', required)
    .addColumn('sending', 'integer')
    .addPrimaryKeyConstraint('announcements_key', ['request_id', 'audience'])
    .execute();
  await sql`insert into announcements
    (request_id, audience, channel, ts, digest, told_seq, sending)
    select request_id, 'channel', channel, ts, digest, told_seq, sending
    from earlier_announcements`.execute(db);
  // Earlier events get no direct messages.
  await sql`insert into announcements (request_id, audience, told_seq)
    select id, 'requester', version from requests`.execute(db);
  await db.schema.dropTable('earlier_announcements').execute();
  await db.schema
    .createTable('muted')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .execute();
}

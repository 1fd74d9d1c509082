import type { ColumnDataType, ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const ofRequest = (column: ColumnDefinitionBuilder) => column.notNull().references('requests.id');

export async function up(db: Kysely<unknown>, kind: 'sqlite' | 'postgres'): Promise<void> {
  const serial: ColumnDataType = kind === 'postgres' ? 'serial' : 'integer';
  await db.schema
    .createTable('requests')
    .addColumn('id', serial, (column) =>
      kind === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('origin', 'text', (column) => column.notNull().unique())
    .addColumn('version', 'integer', required)
    .addColumn('revision', 'integer', required)
    .addColumn('status', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('launch_at', 'text')
    .addColumn('channel', 'text', required)
    .addColumn('job_name', 'text', required)
    .addColumn('requester_id', 'text', required)
    .addColumn('requester_name', 'text', required)
    .addColumn('required_approvals', 'integer', required)
    .addColumn('parameters', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('asked_at', 'text', required)
    .addColumn('job_id', 'text')
    .execute();
  for (const column of ['launch_at', 'job_id', 'job_name']) {
    await db.schema.createIndex(`requests_${column}`).on('requests').column(column).execute();
  }
  await db.schema
    .createTable('secrets')
    .addColumn('request_id', 'integer', (column) => ofRequest(column).primaryKey())
    .addColumn('sealed', 'text', required)
    .execute();
  await db.schema
    .createTable('events')
    .addColumn('request_id', 'integer', ofRequest)
    .addColumn('seq', 'integer', required)
    .addColumn('revision', 'integer', required)
    .addColumn('at', 'text', required)
    .addColumn('by_id', 'text')
    .addColumn('by_name', 'text')
    .addColumn('type', 'text', required)
    .addColumn('happening', 'text', required)
    .addPrimaryKeyConstraint('events_key', ['request_id', 'seq'])
    .execute();
  await db.schema
    .createTable('announcements')
    .addColumn('request_id', 'integer', (column) => ofRequest(column).primaryKey())
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('digest', 'text')
    .addColumn('told_seq', 'integer', required)
    .addColumn('sending', 'integer')
    .execute();
  await db.schema
    .createTable('leases')
    .addColumn('kind', 'text', required)
    .addColumn('request_id', 'integer', ofRequest)
    .addColumn('owner', 'text', required)
    .addColumn('until', 'text', required)
    .addPrimaryKeyConstraint('leases_key', ['kind', 'request_id'])
    .execute();
  await db.schema
    .createTable('turns')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('next_at', 'bigint', required)
    .execute();
}

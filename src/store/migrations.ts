import type { Kysely, Migration } from 'kysely';

/**
 * Applied in the order of their names when the process starts. One that has been released is never
 * changed; the next change is a new entry.
 */
export const migrations: Record<string, Migration> = {
  '0001_requests': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('requests')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('origin', 'text', (column) => column.notNull().unique())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('launch_at', 'text')
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('requester_id', 'text', (column) => column.notNull())
        .addColumn('requester_name', 'text', (column) => column.notNull())
        .addColumn('required_approvals', 'integer', (column) => column.notNull())
        .addColumn('parameters', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('asked_at', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('requests_launch_at')
        .on('requests')
        .column('launch_at')
        .execute();
      await db.schema
        .createTable('secrets')
        .addColumn('request_id', 'integer', (column) =>
          column.primaryKey().references('requests.id'),
        )
        .addColumn('sealed', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('events')
        .addColumn('request_id', 'integer', (column) => column.notNull().references('requests.id'))
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .addColumn('by_id', 'text')
        .addColumn('by_name', 'text')
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('happening', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('events_key', ['request_id', 'seq'])
        .execute();
      await db.schema
        .createTable('announcements')
        .addColumn('request_id', 'integer', (column) =>
          column.primaryKey().references('requests.id'),
        )
        .addColumn('channel', 'text')
        .addColumn('ts', 'text')
        .addColumn('digest', 'text')
        .addColumn('told_seq', 'integer', (column) => column.notNull())
        .execute();
    },
  },
};

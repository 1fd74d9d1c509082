import {
  type ColumnDataType,
  type ColumnDefinitionBuilder,
  type Kysely,
  type Migration,
  sql,
} from 'kysely';
import type { DatabaseKind } from './database';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const ofRequest = (column: ColumnDefinitionBuilder) => column.notNull().references('requests.id');

/**
 * Applied in the order of their names when the process starts, once however many start together.
 * One that has been released is never changed; the next change is a new entry.
 */
export function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  const serial: ColumnDataType = kind === 'postgres' ? 'serial' : 'integer';
  return {
    '0001_requests': {
      async up(db: Kysely<unknown>) {
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
      },
    },
    '0002_secrets_by_path': {
      async up(db: Kysely<unknown>) {
        // Until now every request had one secret, which was typed.
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
      },
    },
  };
}

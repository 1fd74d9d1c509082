import {
  type ColumnDataType,
  type ColumnDefinitionBuilder,
  type Kysely,
  type Migration,
  type RawBuilder,
  sql,
} from 'kysely';
import { z } from 'zod';
import { emptyHead, hashAfter, hashOf } from './chainOf0003';
import type { DatabaseKind } from './database';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const ofRequest = (column: ColumnDefinitionBuilder) => column.notNull().references('requests.id');

/** The rule of a request from before there were rules, as JSON text. */
function earlierRule(channel: RawBuilder<unknown>, required: RawBuilder<unknown>) {
  const rest = {
    approvers: [],
    oneFromEach: [],
    deniers: [],
    editors: [],
    retriers: [],
    reminders: { afterMs: [], mention: [] },
    windows: [],
    confirmDestination: false,
    breakGlass: [],
  };
  const after = JSON.stringify(rest).slice(1);
  return sql`'{"name":"usual","channel":' || ${channel} || ',"required":' || ${required} || ',' || ${after}`;
}

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
    '0003_journal': { up: chainEvents },
    '0004_rules': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('requests').renameColumn('launch_at', 'due_at').execute();
        const text = { revised_by: "''", editors: "'[]'", rule: "'{}'" };
        for (const [name, initial] of Object.entries(text)) {
          await db.schema
            .alterTable('requests')
            .addColumn(name, 'text', (column) => column.notNull().defaultTo(sql.raw(initial)))
            .execute();
        }
        await db.schema.alterTable('requests').addColumn('asked_in', 'text').execute();
        // Until now all requests stood under the one rule of the settings. Who approves is taken from
        // there the next time that somebody acts on them.
        const quoted = (name: string) => sql`'"' || ${sql.ref(name)} || '"'`;
        await sql`update requests set revised_by = origin, rule = ${earlierRule(
          quoted('channel'),
          sql.ref('required_approvals'),
        )}`.execute(db);
        await db.schema.alterTable('requests').dropColumn('required_approvals').execute();
      },
    },
    '0005_homes': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('homes')
          .addColumn('user_id', 'text', (column) => column.primaryKey())
          .addColumn('opened_at', 'text', required)
          .addColumn('page', 'integer', required)
          .addColumn('hash', 'text')
          .execute();
        for (const column of ['requester_id', 'status']) {
          await db.schema.createIndex(`requests_${column}`).on('requests').column(column).execute();
        }
      },
    },
    '0006_direct_messages': {
      async up(db: Kysely<unknown>) {
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
        // What happened before there were direct messages is not told in them.
        await sql`insert into announcements (request_id, audience, told_seq)
          select id, 'requester', version from requests`.execute(db);
        await db.schema.dropTable('earlier_announcements').execute();
        await db.schema
          .createTable('muted')
          .addColumn('user_id', 'text', (column) => column.primaryKey())
          .execute();
      },
    },
    '0007_recorded_rows': {
      async up(db: Kysely<unknown>) {
        // Events and links from before have `null` here, and their hashes are made without it. That
        // also marks passwords that were sealed before they were bound to what they are for.
        await db.schema.alterTable('events').addColumn('hashes', 'text').execute();
        await db.schema.alterTable('links').addColumn('request_id', 'integer').execute();
        await db.schema
          .createIndex('links_request_id')
          .on('links')
          .columns(['request_id', 'position'])
          .execute();
      },
    },
    '0008_deliveries': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('deliveries')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('at', 'text', required)
          .execute();
        await db.schema.createIndex('deliveries_at').on('deliveries').column('at').execute();
        await db.schema.createIndex('requests_channel').on('requests').column('channel').execute();
      },
    },
    '0009_post_order': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .alterTable('announcements')
          .addColumn('seen_version', 'integer', (column) => column.notNull().defaultTo(0))
          .execute();
        await db.schema.alterTable('announcements').addColumn('hold_until', 'text').execute();
        // The claims of launches and the calls of each action of DTS have turns of their own now.
        await sql`delete from turns where name = 'dts'`.execute(db);
      },
    },
  };
}

/** What 0003 reads and writes, as it is then. */
type JournalSchema = {
  requests: {
    id: number;
    status: string;
    state: string;
    parameters: string;
    reason: string;
    ended_at: string | null;
  };
  events: {
    request_id: number;
    seq: number;
    revision: number;
    at: string;
    by_id: string | null;
    by_name: string | null;
    happening: string;
    position: number;
    parameters_hash: string;
  };
  links: { position: number; content_hash: string; hash: string };
  journal: { length: number; head: string };
};

/** Makes one chain of the events of all requests. Until now no request changed its parameters. */
async function chainEvents(untyped: Kysely<unknown>): Promise<void> {
  const { schema } = untyped;
  const db = untyped.withTables<JournalSchema>();
  await schema.alterTable('requests').addColumn('ended_at', 'text').execute();
  await schema.createIndex('requests_ended_at').on('requests').column('ended_at').execute();
  await schema
    .alterTable('events')
    .addColumn('position', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('events')
    .addColumn('parameters_hash', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await schema
    .createTable('links')
    .addColumn('position', 'integer', (column) => column.primaryKey())
    .addColumn('content_hash', 'text', required)
    .addColumn('hash', 'text', required)
    .execute();
  await schema
    .createTable('journal')
    .addColumn('length', 'integer', required)
    .addColumn('head', 'text', required)
    .execute();

  const hashes = new Map<number, string>();
  const ids = await db.selectFrom('requests').select('id').orderBy('id').execute();
  for (const { id } of ids) {
    const row = await db
      .selectFrom('requests')
      .select(['status', 'state', 'parameters', 'reason'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const asked = { parameters: JSON.parse(row.parameters), reason: row.reason };
    hashes.set(id, hashOf(asked));
    if (!['created', 'failed', 'denied'].includes(row.status)) continue;
    const { at: ended_at } = z.object({ at: z.string() }).parse(JSON.parse(row.state));
    await db.updateTable('requests').set({ ended_at }).where('id', '=', id).execute();
  }

  let length = 0;
  let head = emptyHead;
  const events = await db
    .selectFrom('events')
    .selectAll()
    .orderBy('at')
    .orderBy('request_id')
    .orderBy('seq')
    .execute();
  for (const { request_id: requestId, seq, revision, at, by_id, by_name, happening } of events) {
    length += 1;
    const parameters_hash = hashes.get(requestId) ?? '';
    const content_hash = hashOf({
      position: length,
      requestId,
      seq,
      revision,
      at,
      by: by_id === null ? null : { userId: by_id, name: by_name },
      parametersHash: parameters_hash,
      happening: JSON.parse(happening),
    });
    head = hashAfter(head, content_hash);
    await db
      .updateTable('events')
      .set({ position: length, parameters_hash })
      .where('request_id', '=', requestId)
      .where('seq', '=', seq)
      .execute();
    await db.insertInto('links').values({ position: length, content_hash, hash: head }).execute();
  }
  await schema.createIndex('events_position').unique().on('events').column('position').execute();
  await db.insertInto('journal').values({ length, head }).execute();
}

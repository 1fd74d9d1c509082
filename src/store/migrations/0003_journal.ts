import { createHash } from 'node:crypto';
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { z } from 'zod';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

// The chain's hashes as this release computed them.
const emptyHead = '0'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${inOrder(member)}`);
  return `{${members.join(',')}}`;
}

const hashOf = (value: unknown): string => sha256(inOrder(value));

const hashAfter = (head: string, content: string): string => sha256(head + content);

/** The tables that this migration reads and writes. */
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

/** Chains the events of all requests. Before this migration, no request changed its parameters. */
export async function up(untyped: Kysely<unknown>): Promise<void> {
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

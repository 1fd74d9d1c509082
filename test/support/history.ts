import { sql } from 'kysely';
import type { Database, DatabaseKind } from '../../src/store/database';

/** SQLite allows 32,766 variables in a statement. */
const batch = 500;

/** The tables that grow with each request, in the order in which their rows refer to each other. */
const tables = ['requests', 'announcements', 'events', 'links'] as const;

/** Copies a stored request `count` times, with everything that belongs to it. */
export async function copyRequest(
  db: Database,
  kind: DatabaseKind,
  id: number,
  count: number,
): Promise<void> {
  const { position: last } = await lastLink(db);
  const newest = await db
    .selectFrom('requests')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  for (const table of tables) {
    const key = table === 'requests' ? 'id' : 'request_id';
    const rows = await untyped(db).selectFrom(table).selectAll().where(key, '=', id).execute();
    const copies = Array.from({ length: count }, (_, index) =>
      rows.map((row, place) => ({
        ...row,
        [key]: newest.id + 1 + index,
        ...('origin' in row ? { origin: `${row['origin']}/copy/${id}/${index}` } : {}),
        ...('position' in row ? { position: last + 1 + index * rows.length + place } : {}),
      })),
    ).flat();
    for (let from = 0; from < copies.length; from += batch) {
      await untyped(db)
        .insertInto(table)
        .values(copies.slice(from, from + batch))
        .execute();
    }
  }
  const { position: length } = await lastLink(db);
  await db.updateTable('journal').set({ length }).execute();
  if (kind === 'postgres') {
    await sql`select setval('requests_id_seq', (select max(id) from requests))`.execute(db);
  }
}

/** Rows are copied as they are, with all their columns. */
const untyped = (db: Database) =>
  db.withTables<{ [Table in (typeof tables)[number]]: Record<string, unknown> }>();

const lastLink = (db: Database) =>
  db
    .selectFrom('links')
    .select(({ fn }) => fn.max('position').as('position'))
    .executeTakeFirstOrThrow();

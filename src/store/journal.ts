import { type Selectable, sql } from 'kysely';
import type { ChainedEntry, ExportFilter } from '../domain/record/audit';
import {
  type Break,
  contentHash,
  type Entry,
  emptyJournal,
  follows,
  type Head,
  type Link,
  linkHash,
} from '../domain/record/journal';
import { type RowHashes, storeHashes } from '../domain/record/recordedRow';
import type { Journal } from '../ports/journal';
import { type Chain, sha256 } from './chain';
import type { Database } from './database';
import { readJson, rowHashes } from './rowHashes';
import type { EventsTable } from './schema';

/**
 * Adds an event to the chain, with the hashes of its request's row after it. Writers wait for each
 * other at the journal's row, so this comes last in a transaction.
 */
export async function appendEvent(
  tx: Database,
  chain: Chain,
  recorded: RowHashes,
  event: Omit<EventsTable, 'position' | 'parameters_hash' | 'hashes'>,
): Promise<void> {
  const { length: position, head } = await tx
    .updateTable('journal')
    .set({ length: sql<number>`length + 1` })
    .returningAll()
    .executeTakeFirstOrThrow();
  // Hashes the stored values, because auditors read those.
  const stored = await tx
    .insertInto('events')
    .values({
      ...event,
      position,
      parameters_hash: recorded.parameters,
      hashes: JSON.stringify(storeHashes(recorded)),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const content = contentHash(sha256, toEntry(stored));
  const requestId = stored.request_id;
  const before = { length: position - 1, hash: head };
  const hash = linkHash(chain, before, { contentHash: content, requestId });
  await tx
    .insertInto('links')
    .values({ position, request_id: requestId, content_hash: content, hash })
    .execute();
  await tx.updateTable('journal').set({ head: hash }).execute();
}

/** A database's audit log, for auditors. */
export function createJournal(db: Database): Journal {
  return {
    head: () => readHead(db),
    strays: () => listStrays(db),
    links: (...range) => listLinks(db, ...range),
    entries: (...page) => listEntries(db, ...page),
  };
}

async function readHead(db: Database): Promise<Head & { added: number | undefined }> {
  const [row, ...others] = await db
    .selectFrom('journal')
    .select(({ selectFrom }) => [
      'length',
      'head',
      selectFrom('links')
        .select(({ fn }) => fn.min('links.position').as('first'))
        .whereRef('links.position', '>', 'journal.length')
        .as('extra_link'),
      selectFrom('events')
        .leftJoin('links', 'links.position', 'events.position')
        .select(({ fn }) => fn.min('events.position').as('first'))
        .where('links.position', 'is', null)
        .as('extra_event'),
    ])
    .execute();
  // Every database has one row, also before the first event. No hash matches anything else.
  if (row === undefined || others.length > 0) {
    const { last } = await db
      .selectFrom('links')
      .select(({ fn }) => fn.max('position').as('last'))
      .executeTakeFirstOrThrow();
    return { length: last ?? 0, hash: '', added: undefined };
  }
  const { length, head: hash, extra_link: link, extra_event: event } = row;
  return { length, hash, added: event ?? link ?? undefined };
}

/**
 * Finds damage that no link shows: removed events of existing requests, and requests without a row
 * or with a different version from their newest event.
 */
async function listStrays(db: Database): Promise<Break[]> {
  const removed = await db
    .selectFrom('links')
    .leftJoin('events', 'events.position', 'links.position')
    .select('links.position')
    .where('events.position', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('requests')
          .select('requests.id')
          .whereRef('requests.id', '=', 'links.request_id'),
      ),
    )
    .orderBy('links.position')
    .execute();
  const rows = await db
    .selectFrom('events')
    .leftJoin('requests', 'requests.id', 'events.request_id')
    .select(({ fn }) => ['events.request_id', fn.max('events.position').as('position')])
    .groupBy(['events.request_id', 'requests.version'])
    .having(({ eb, fn, or, ref }) =>
      or([
        eb(ref('requests.version'), 'is', null),
        eb(fn.max('events.seq'), '!=', ref('requests.version')),
      ]),
    )
    .orderBy('position')
    .execute();
  const alone = await db
    .selectFrom('requests')
    .leftJoin('events', 'events.request_id', 'requests.id')
    .select('requests.id')
    .where('events.request_id', 'is', null)
    .orderBy('requests.id')
    .execute();
  const { length } = await readHead(db);
  return [
    ...removed.map(({ position }): Break => ({ kind: 'missing', position })),
    ...rows.map(({ request_id: requestId, position }) => stray(requestId, position)),
    ...alone.map(({ id }) => stray(id, length)),
  ];
}

const stray = (requestId: number, position: number): Break => ({
  kind: 'row',
  position,
  requestId,
  parts: ['event'],
});

/** The links after a position, in order, with the events that still exist. */
async function listLinks(
  db: Database,
  after: number,
  upTo: number,
  limit: number,
): Promise<Link[]> {
  const rows = await db
    .selectFrom('links')
    .leftJoin('events', 'events.position', 'links.position')
    .selectAll('events')
    .select([
      'links.position as link_position',
      'links.request_id as link_request_id',
      'content_hash',
      'hash',
    ])
    .where('links.position', '>', after)
    .where('links.position', '<=', upTo)
    .orderBy('links.position')
    .limit(limit)
    .execute();
  const newest = await rowsAtTheirNewest(db, after, upTo, limit);
  return rows.map((row) => ({
    position: row.link_position,
    requestId: row.link_request_id ?? undefined,
    contentHash: row.content_hash,
    hash: row.hash,
    entry: isWhole(row) ? toEntry(row) : undefined,
    row: newest.get(row.link_position),
  }));
}

/** The hashes of rows whose newest event is in this range, by the event's position. */
async function rowsAtTheirNewest(
  db: Database,
  after: number,
  upTo: number,
  limit: number,
): Promise<Map<number, RowHashes>> {
  const rows = await db
    .selectFrom('requests')
    .innerJoin('events', (join) =>
      join
        .onRef('events.request_id', '=', 'requests.id')
        .onRef('events.seq', '=', 'requests.version'),
    )
    .selectAll('requests')
    .select('events.position')
    .where('events.position', '>', after)
    .where('events.position', '<=', Math.min(upTo, after + limit))
    .execute();
  return new Map(rows.map((row) => [row.position, rowHashes(row)]));
}

/** The events after a position that the filter allows, in order. */
async function listEntries(
  db: Database,
  { since, until, requestId }: ExportFilter,
  after: number,
  limit: number,
): Promise<ChainedEntry[]> {
  let query = db
    .selectFrom('events')
    .innerJoin('links', 'links.position', 'events.position')
    .selectAll('events')
    .select('hash')
    .where('events.position', '>', after)
    .orderBy('events.position')
    .limit(limit);
  if (since !== undefined) query = query.where('at', '>=', since.toISOString());
  if (until !== undefined) query = query.where('at', '<', until.toISOString());
  if (requestId !== undefined) query = query.where('events.request_id', '=', requestId);
  const rows = await query.execute();
  return rows.map((row) => ({ ...toEntry(row), hash: row.hash }));
}

/**
 * Checks that the newest link and the last one before each key match the keys. One of them doesn't if
 * a key was removed, changed, or set for existing events. `next`: the position of the next link.
 */
export async function checkKeys(
  db: Database,
  chain: Chain,
): Promise<{ ok: boolean; next: number }> {
  const { last } = await db
    .selectFrom('links')
    .select(({ fn }) => fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  const newest = last ?? 0;
  const starts = [...chain.keyStarts.filter((start) => start <= newest), newest + 1];
  const ends = starts.map((start) => start - 1);
  const rows = await db
    .selectFrom('links')
    .selectAll()
    .where('position', 'in', [...ends, ...ends.map((end) => end - 1)])
    .execute();
  const links = new Map(rows.map((row) => [row.position, row]));
  const fits = (end: number): boolean => {
    const link = links.get(end);
    if (link === undefined) return end === emptyJournal.length;
    const { content_hash: contentHash, hash, request_id: id } = link;
    const head = { length: end - 1, hash: links.get(end - 1)?.hash ?? emptyJournal.hash };
    return follows(chain, head, { contentHash, requestId: id ?? undefined, hash });
  };
  return { ok: ends.every(fits), next: newest + 1 };
}

export type EventRow = Selectable<EventsTable>;
type Nullable<Row> = { [Column in keyof Row]: Row[Column] | null };

/** True if an outer join found an event. */
const isWhole = <Row extends Nullable<EventRow>>(row: Row): row is Row & EventRow =>
  row.position !== null;

export function toEntry(row: EventRow): Entry {
  return {
    position: row.position,
    requestId: row.request_id,
    seq: row.seq,
    revision: row.revision,
    at: row.at,
    by: row.by_id === null ? null : { userId: row.by_id, name: row.by_name },
    parametersHash: row.parameters_hash,
    ...(row.hashes === null ? {} : { hashes: readJson(row.hashes) }),
    happening: readHappening(row),
  };
}

/** A tampered value may be anything. As text, it matches no hash. */
function readHappening({ happening, type }: Pick<EventRow, 'happening' | 'type'>): unknown {
  const parsed = readJson(happening);
  const isSame =
    typeof parsed === 'object' && parsed !== null && Reflect.get(parsed, 'type') === type;
  return isSame ? parsed : happening;
}

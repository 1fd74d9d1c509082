import { type Selectable, sql } from 'kysely';
import type { ChainedEntry, ExportFilter } from '../domain/audit';
import {
  contentHash,
  type Entry,
  emptyJournal,
  type Head,
  type Link,
  linkHash,
  parametersHash,
} from '../domain/journal';
import type { Database } from './database';
import type { EventsTable, RequestsTable } from './schema';
import { sha256 } from './sha256';

/**
 * Adds an event to the chain. The journal's row is what writers wait for each other at, so this is
 * the last thing that a transaction does: whoever has the row waits for nobody.
 */
export async function appendEvent(
  tx: Database,
  asked: Pick<RequestsTable, 'parameters' | 'reason'>,
  event: Omit<EventsTable, 'position' | 'parameters_hash'>,
): Promise<void> {
  const { length: position, head } = await tx
    .updateTable('journal')
    .set({ length: sql<number>`length + 1` })
    .returningAll()
    .executeTakeFirstOrThrow();
  // Hashed is what the database has stored, which is what an auditor reads.
  const stored = await tx
    .insertInto('events')
    .values({ ...event, position, parameters_hash: hashOfAsked(asked) })
    .returningAll()
    .executeTakeFirstOrThrow();
  const content = contentHash(sha256, toEntry(stored));
  const hash = linkHash(sha256, head, content);
  await tx.insertInto('links').values({ position, content_hash: content, hash }).execute();
  await tx.updateTable('journal').set({ head: hash }).execute();
}

/** The head, and the first position of what stands in the record without belonging to it. */
export async function readHead(db: Database): Promise<Head & { added: number | undefined }> {
  const row = await db
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
    .executeTakeFirst();
  if (row === undefined) return { ...emptyJournal, added: undefined };
  const { length, head: hash, extra_link: link, extra_event: event } = row;
  return { length, hash, added: event ?? link ?? undefined };
}

/** The links after a position, in order, with the events that are still there. */
export async function listLinks(
  db: Database,
  after: number,
  upTo: number,
  limit: number,
): Promise<Link[]> {
  const rows = await db
    .selectFrom('links')
    .leftJoin('events', 'events.position', 'links.position')
    .leftJoin('requests', (join) =>
      // Once for each request, because parameters may be long.
      join
        .onRef('requests.id', '=', 'events.request_id')
        .onRef('requests.version', '=', 'events.seq'),
    )
    .selectAll('events')
    .select([
      'links.position as link_position',
      'content_hash',
      'hash',
      'requests.parameters',
      'requests.reason',
    ])
    .where('links.position', '>', after)
    .where('links.position', '<=', upTo)
    .orderBy('links.position')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const { parameters, reason } = row;
    return {
      position: row.link_position,
      contentHash: row.content_hash,
      hash: row.hash,
      entry: isWhole(row) ? toEntry(row) : undefined,
      parametersHash:
        parameters === null || reason === null ? undefined : hashOfAsked({ parameters, reason }),
    };
  });
}

/** The events after a position, in order, that the filter lets through. */
export async function listEntries(
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
  if (requestId !== undefined) query = query.where('request_id', '=', requestId);
  const rows = await query.execute();
  return rows.map((row) => ({ ...toEntry(row), hash: row.hash }));
}

type EventRow = Selectable<EventsTable>;
type Nullable<Row> = { [Column in keyof Row]: Row[Column] | null };

/** Whether an outer join found an event. */
const isWhole = <Row extends Nullable<EventRow>>(row: Row): row is Row & EventRow =>
  row.position !== null;

function toEntry(row: EventRow): Entry {
  return {
    position: row.position,
    requestId: row.request_id,
    seq: row.seq,
    revision: row.revision,
    at: row.at,
    by: row.by_id === null ? null : { userId: row.by_id, name: row.by_name },
    parametersHash: row.parameters_hash,
    happening: readHappening(row),
  };
}

/** What was tampered with may be anything: as text, it fits no hash. */
function readHappening({ happening, type }: Pick<EventRow, 'happening' | 'type'>): unknown {
  const parsed = readJson(happening);
  const isSame =
    typeof parsed === 'object' && parsed !== null && Reflect.get(parsed, 'type') === type;
  return isSame ? parsed : happening;
}

const hashOfAsked = ({
  parameters,
  reason,
}: Pick<RequestsTable, 'parameters' | 'reason'>): string =>
  parametersHash(sha256, { parameters: readJson(parameters), reason });

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

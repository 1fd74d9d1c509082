import type { Insertable, Updateable } from 'kysely';
import type { usualAudiences } from '../../domain/channel/announcement';
import type { Person } from '../../domain/people/person';
import type { Rule } from '../../domain/policy/policy';
import { hashesAfter } from '../../domain/record/recordChange';
import { type Alteration, alteredParts, type RowHashes } from '../../domain/record/recordedRow';
import type { Change } from '../../domain/request/change';
import type { RequestState } from '../../domain/request/request';
import type { EventPayload } from '../../domain/request/requestEvent';
import type { WatchChange, WatchState } from '../../domain/request/watch';
import type { Chain } from '../chain';
import type { Database } from '../database';
import { rememberDelivery } from '../deliveries';
import { appendEvent } from '../journal';
import { rowHashes } from '../rowHashes';
import type { RequestsTable } from '../schema';
import { isLast, type RecordedRow, type RequestRow, recordedOf, selectRecorded } from './row';

/** A request or a watch before it is stored, with its first event. */
export interface NewRow {
  origin: string;
  requester: Person;
  channel: string;
  rule: Rule;
  state: RequestState | WatchState;
  columns: Pick<Insertable<RequestsTable>, 'job_name' | 'parameters' | 'reason' | 'secrets'> &
    Partial<Insertable<RequestsTable>>;
  audiences: readonly (typeof usualAudiences)[number][];
  event: EventPayload;
  at: Date;
}

/** What differs between requests and watches. */
interface Adding<Result> {
  /** Why the row may not be added, if it may not. */
  refuse(tx: Database): Promise<Result | undefined>;
  /** Stores what belongs to the row. */
  also(tx: Database, id: number): Promise<void>;
  added(row: RequestRow): Result;
  /** An earlier delivery of the same origin was stored. */
  stored(tx: Database, row: RecordedRow): Promise<Result>;
}

/** Stores a new row and its first event, unless it is stored already or refused. */
export async function addRow<Result>(
  db: Database,
  chain: Chain,
  row: NewRow,
  { added, also, refuse, stored }: Adding<Result>,
): Promise<Result> {
  const { at, event, origin, requester: by } = row;
  return transactionOr<Result>(db, async (tx, rollBack) => {
    const findStored = () => selectRecorded(tx).where('origin', '=', origin).executeTakeFirst();
    const earlier = await findStored();
    if (earlier !== undefined) return stored(tx, earlier);
    // Most refusals happen here, before a number is used up.
    const refused = await refuse(tx);
    if (refused !== undefined) return refused;
    const inserted = await insertAnnounced(tx, row);
    if (inserted === undefined) {
      const other = await findStored();
      if (other === undefined) throw new Error(`the row of ${origin} is gone`);
      return stored(tx, other);
    }
    await also(tx, inserted.id);
    await addEvent(tx, chain, { row: inserted, recorded: rowHashes(inserted), event, by, at });
    // Writers wait for each other at the journal's row, so this sees all earlier rows.
    const refusedLate = await refuse(tx);
    return refusedLate === undefined ? added(inserted) : rollBack(refusedLate);
  });
}

/** Returns `undefined` if another transaction has stored the same origin. */
async function insertAnnounced(
  tx: Database,
  { at, audiences: hearing, channel, columns, origin, requester, rule, state }: NewRow,
): Promise<RequestRow | undefined> {
  const row = await tx
    .insertInto('requests')
    .values({
      origin,
      version: 1,
      revision: 1,
      status: state.status,
      state: JSON.stringify(state),
      channel,
      requester_id: requester.userId,
      requester_name: requester.name,
      revised_by: origin,
      editors: JSON.stringify([]),
      rule: JSON.stringify(rule),
      asked_at: at.toISOString(),
      ...columns,
    })
    .onConflict((conflict) => conflict.column('origin').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await tx
    .insertInto('announcements')
    .values(
      // The requester needs no message about the request itself.
      hearing.map((audience) => ({
        request_id: row.id,
        audience,
        told_seq: audience === 'requester' ? 1 : 0,
        seen_version: 0,
        untold_seq: audience === 'requester' ? null : 1,
      })),
    )
    .execute();
  return row;
}

/** Runs a transaction that `rollBack` ends without changes, but with a result. */
async function transactionOr<Result>(
  db: Database,
  work: (tx: Database, rollBack: (result: Result) => never) => Promise<Result>,
): Promise<Result> {
  class Rollback extends Error {
    constructor(readonly result: Result) {
      super('the transaction is rolled back');
    }
  }
  try {
    return await db.transaction().execute((tx) =>
      work(tx, (result) => {
        throw new Rollback(result);
      }),
    );
  } catch (error) {
    if (error instanceof Rollback) return error.result;
    throw error;
  }
}

/**
 * Updates the row of a request or a watch, and appends the event, if the stored version is still the
 * one that was read. `also` runs in the same transaction.
 */
export async function swapRow(
  db: Database,
  chain: Chain,
  change: (Change | WatchChange) & Pick<Change, 'revised' | 'rule'>,
  columns: Updateable<RequestsTable>,
  also: (tx: Database) => Promise<void> = async () => {},
): Promise<{ row: RequestRow; altered: readonly Alteration[] } | undefined> {
  const { at, by, delivery, event, request } = change;
  return db.transaction().execute(async (tx) => {
    const before = await selectRecorded(tx)
      .where('requests.id', '=', request.id)
      .executeTakeFirst();
    if (before?.version !== request.version) return undefined;
    const version = Math.max(request.version, before.newest_seq ?? request.version) + 1;
    const row = await tx
      .updateTable('requests')
      .set({ ...columns, version })
      .where('id', '=', request.id)
      .where('version', '=', request.version)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await also(tx);
    await tx
      .updateTable('announcements')
      .set({ untold_seq: version })
      .where('request_id', '=', request.id)
      .execute();
    if (delivery !== undefined) await rememberDelivery(tx, delivery, at);

    const now = rowHashes(row);
    const isNext = await isLast(tx, chain, before);
    const known = isNext ? await recordedOf(tx, chain, before) : undefined;
    const { altered } = request;
    const recorded = hashesAfter(
      { ...change, request: { altered, revision: before.revision } },
      known,
      now,
    );
    await addEvent(tx, chain, { row, recorded, event, by, at });
    return { row, altered: alteredParts(now, recorded) };
  });
}

interface NewEvent {
  /** The row after the event. */
  row: RequestRow;
  /** The hashes that the event records for it. */
  recorded: RowHashes;
  event: EventPayload;
  by: Person | undefined;
  at: Date;
}

/** Appends the event that explains the current row. It comes last in a transaction. */
async function addEvent(
  tx: Database,
  chain: Chain,
  { at, by, event, recorded, row }: NewEvent,
): Promise<void> {
  await appendEvent(tx, chain, recorded, {
    request_id: row.id,
    seq: row.version,
    revision: row.revision,
    at: at.toISOString(),
    by_id: by?.userId ?? null,
    by_name: by?.name ?? null,
    type: event.type,
    happening: JSON.stringify(event),
  });
}

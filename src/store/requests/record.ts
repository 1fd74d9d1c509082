import type { Updateable } from 'kysely';
import { audiences } from '../../domain/channel/announcement';
import type { Person } from '../../domain/people/person';
import { hashesAfter } from '../../domain/record/recordChange';
import { type Alteration, alteredParts, type RowHashes } from '../../domain/record/recordedRow';
import type { Added, Change, NewRequest } from '../../domain/request/change';
import type { MigrationRequest } from '../../domain/request/request';
import type { EventPayload } from '../../domain/request/requestEvent';
import { dueAt, endedAt, jobIdIn, needsSecrets } from '../../domain/request/states';
import { beginning, creatingBy } from '../../domain/request/waiting';
import { type WatchChange, watchStatuses } from '../../domain/request/watch';
import type { Chain } from '../chain';
import type { Database } from '../database';
import { rememberDelivery } from '../deliveries';
import { followJob, keepJob, lookAtJob, lookAtWatched } from '../jobs';
import { appendEvent } from '../journal';
import { rowHashes } from '../rowHashes';
import type { RequestsTable } from '../schema';
import { writeParameters } from '../storedParameters';
import { awaitedColumns } from './awaited';
import { isLast, type RequestRow, recordedOf, selectRecorded, toRecorded, toRequest } from './row';
import { keepSealed } from './secrets';

/** Rolls a transaction back. */
class TooManyOpen extends Error {
  constructor(readonly open: number) {
    super(`the requester has ${open} open requests`);
  }
}

/**
 * Stores a pending request with its first event, unless its requester already has `mostOpen` other
 * open requests. A request that is already stored is returned unchanged.
 */
export async function addRequest(
  db: Database,
  request: NewRequest,
  mostOpen: number,
  chain: Chain,
): Promise<Added> {
  try {
    return await insertRequest(db, request, mostOpen, chain);
  } catch (error) {
    if (error instanceof TooManyOpen) return { kind: 'too_many', open: error.open };
    throw error;
  }
}

async function insertRequest(
  db: Database,
  request: NewRequest,
  mostOpen: number,
  chain: Chain,
): Promise<Added> {
  const { origin, requester, at } = request;
  const state = beginning(request.rule, at);
  return db.transaction().execute(async (tx) => {
    const findEarlier = () => selectRecorded(tx).where('origin', '=', origin).executeTakeFirst();
    // Most refusals happen here, before a request number is used up.
    const earlier = await findEarlier();
    if (earlier === undefined) await requireFewer(tx, request, mostOpen);
    const added = await tx
      .insertInto('requests')
      .values({
        origin,
        version: 1,
        revision: 1,
        status: state.status,
        state: JSON.stringify(state),
        due_at: dueAt(state, at)?.toISOString(),
        channel: request.rule.channel,
        job_name: request.parameters.JobName,
        requester_id: requester.userId,
        requester_name: requester.name,
        revised_by: origin,
        editors: JSON.stringify([]),
        asked_in: request.askedIn,
        rule: JSON.stringify(request.rule),
        parameters: writeParameters(request.parameters),
        secrets: JSON.stringify(request.secrets),
        reason: request.reason,
        observed: JSON.stringify(request.observed),
        asked_at: at.toISOString(),
        ...awaitedColumns({ revision: 1, requester, editors: [], rule: request.rule, state }),
      })
      .onConflict((conflict) => conflict.column('origin').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (added === undefined) {
      const row = earlier ?? (await findEarlier());
      const stored = row && (await toRecorded(tx, chain, row));
      if (stored === undefined) throw new Error(`the request of the form ${origin} is gone`);
      return { kind: 'stored', request: stored, added: false };
    }
    const id = added.id;
    await keepSealed(tx, id, request.sealed);
    await tx
      .insertInto('announcements')
      .values(
        // The requester needs no message about the request itself.
        audiences.map((audience) => ({
          request_id: id,
          audience,
          told_seq: audience === 'requester' ? 1 : 0,
          seen_version: 0,
          untold_seq: audience === 'requester' ? null : 1,
        })),
      )
      .execute();
    await addEvent(
      tx,
      chain,
      added,
      rowHashes(added),
      { type: 'requested', ...creatingBy(request.rule) },
      requester,
      at,
    );
    // Writers wait for each other at the journal's row, so this counts all earlier requests.
    await requireFewer(tx, request, mostOpen);
    return { kind: 'stored', request: toRequest(added, [], undefined), added: true };
  });
}

/** @throws TooManyOpen if the requester has `mostOpen` other open requests */
async function requireFewer(
  tx: Database,
  { origin, requester }: NewRequest,
  mostOpen: number,
): Promise<void> {
  const { open } = await tx
    .selectFrom('requests')
    .select((select) => select.fn.countAll<number>().as('open'))
    .where('requester_id', '=', requester.userId)
    .where('ended_at', 'is', null)
    .where('status', 'not in', watchStatuses)
    .where('origin', '!=', origin)
    .executeTakeFirstOrThrow();
  if (open >= mostOpen) throw new TooManyOpen(open);
}

/**
 * Compare-and-swap on the version: appends the event and updates the state, or returns `undefined`
 * without changes if the stored version isn't that of `change.request`.
 */
export async function recordChange(
  db: Database,
  change: Change,
  chain: Chain,
): Promise<MigrationRequest | undefined> {
  const { request, state, revised, at } = change;
  const columns = {
    status: state.status,
    state: JSON.stringify(state),
    due_at: dueAt(state, at)?.toISOString() ?? null,
    job_id: jobIdIn(state) ?? null,
    ...(change.rule === undefined ? {} : { rule: JSON.stringify(change.rule) }),
    ...(revised === undefined ? {} : columnsOf(request, revised)),
    ended_at: endedAt(state)?.toISOString() ?? null,
    ...awaitedColumns({
      ...request,
      ...(change.rule === undefined ? {} : { rule: change.rule }),
      ...revised,
      state,
    }),
  };
  const swapped = await swapRow(db, chain, change, columns, async (tx) => {
    if (change.event.type === 'created') {
      const { jobId } = change.event;
      const { Region: region } = request.parameters.DstInfo;
      await followJob(tx, { jobId, region, requestId: request.id }, at);
      await lookAtWatched(tx, jobId, at);
    }
    if (change.job !== undefined) await keepJob(tx, request.id, change.job);
    // Ferry may still ask for a job that it treats as deleted, but only if the request has it.
    if (change.job !== undefined && jobIdIn(state) === undefined) {
      await lookAtJob(tx, request.id, undefined);
    }
    // Ferry deletes the job once DTS says that it allows it.
    if (state.status === 'discarding') await lookAtJob(tx, request.id, at);
    if (change.event.type === 'break_glass') await watchEmergency(tx, request.id, request.version);
    if (revised !== undefined || !needsSecrets(state)) {
      await tx.deleteFrom('typed_secrets').where('request_id', '=', request.id).execute();
    }
    if (revised !== undefined) await keepSealed(tx, request.id, revised.sealed);
  });
  if (swapped === undefined) return undefined;
  const job = change.event.type === 'created' ? undefined : (change.job ?? request.job);
  return toRequest(swapped.row, swapped.altered, job);
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
    const version = Math.max(request.version, before.newest_seq ?? 0) + 1;
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
    await addEvent(tx, chain, row, recorded, event, by, at);
    return { row, altered: alteredParts(now, recorded) };
  });
}

/** Reports the request to the people whom the rule names, from this event on. */
async function watchEmergency(tx: Database, requestId: number, toldSeq: number): Promise<void> {
  await tx
    .insertInto('announcements')
    .values({
      request_id: requestId,
      audience: 'emergency',
      told_seq: toldSeq,
      seen_version: 0,
    })
    .onConflict((conflict) => conflict.columns(['request_id', 'audience']).doNothing())
    .execute();
}

function columnsOf(request: MigrationRequest, revised: NonNullable<Change['revised']>) {
  return {
    revision: revised.revision,
    revised_by: revised.origin,
    editors: JSON.stringify(revised.editors),
    rule: JSON.stringify(revised.rule),
    secrets: JSON.stringify(revised.secrets),
    observed: JSON.stringify(revised.observed),
    // Each revision has one text: unchanged parameters keep the hash that was approved.
    ...(revised.revision === request.revision
      ? {}
      : {
          job_name: revised.parameters.JobName,
          parameters: writeParameters(revised.parameters),
          reason: revised.reason,
        }),
  };
}

/** Appends the event that explains the current row. It comes last in a transaction. */
export async function addEvent(
  tx: Database,
  chain: Chain,
  row: RequestRow,
  recorded: RowHashes,
  event: EventPayload,
  by: Person | undefined,
  at: Date,
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

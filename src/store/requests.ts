import type { Selectable } from 'kysely';
import { z } from 'zod';
import { audiences } from '../domain/channel/announcement';
import type { Person } from '../domain/people/person';
import { rule } from '../domain/policy/policy';
import { hashesAfter } from '../domain/record/recordChange';
import { type Alteration, alteredParts, type RowHashes } from '../domain/record/recordedRow';
import type { Added, Change, NewRequest } from '../domain/request/change';
import {
  type MigrationRequest,
  requestState,
  type WaitingRequest,
} from '../domain/request/request';
import {
  eventsWithSecrets,
  type Happening,
  happening,
  type RequestEvent,
} from '../domain/request/requestEvent';
import {
  dueAt,
  endedAt,
  jobIdIn,
  needsSecrets,
  openStatuses,
  settledStatuses,
  statusesAccepting,
  statusesInDoubt,
} from '../domain/request/states';
import { waitFrom } from '../domain/request/waiting';
import { type SealedSecrets, secretPaths, secretSources } from '../domain/secrets/secretReference';
import type { Due } from '../ports/due';
import type { Chain } from './chain';
import type { Database } from './database';
import { rememberDelivery } from './deliveries';
import { appendEvent } from './journal';
import { isNewest, provenHashes } from './proof';
import { rowHashes } from './rowHashes';
import type { RequestsTable } from './schema';
import { readParameters, writeParameters } from './storedParameters';

type RequestRow = Selectable<RequestsTable>;

/** Ends a transaction without a trace. */
class TooManyOpen extends Error {
  constructor(readonly open: number) {
    super(`the requester has ${open} open requests`);
  }
}

/**
 * Stores a pending request with its first event, unless its requester has `mostOpen` others that are not
 * settled. One that is stored already is returned as it is.
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
  const state = waitFrom(request.rule, at);
  return db.transaction().execute(async (tx) => {
    const findEarlier = () => selectRecorded(tx).where('origin', '=', origin).executeTakeFirst();
    // Most forms that are refused are refused here, before a number is used up.
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
        due_at: dueAt(state, at)?.toISOString() ?? null,
        channel: request.rule.channel,
        job_name: request.parameters.JobName,
        requester_id: requester.userId,
        requester_name: requester.name,
        revised_by: origin,
        editors: JSON.stringify([]),
        asked_in: request.askedIn ?? null,
        rule: JSON.stringify(request.rule),
        parameters: writeParameters(request.parameters),
        secrets: JSON.stringify(request.secrets),
        reason: request.reason,
        asked_at: at.toISOString(),
      })
      .onConflict((conflict) => conflict.column('origin').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (added === undefined) {
      const stored = earlier ?? (await findEarlier());
      if (stored === undefined) throw new Error(`the request of the form ${origin} is gone`);
      return { kind: 'stored', request: await toRecorded(tx, chain, stored), added: false };
    }
    const id = added.id;
    await keepSealed(tx, id, request.sealed);
    await tx
      .insertInto('announcements')
      .values(
        // Who asks need not be told that they asked.
        audiences.map((audience) => ({
          request_id: id,
          audience,
          told_seq: audience === 'requester' ? 1 : 0,
          seen_version: 0,
        })),
      )
      .execute();
    await addEvent(tx, chain, added, rowHashes(added), { type: 'requested' }, requester, at);
    // Writers wait for each other at the journal, so every request that was stored earlier is counted.
    await requireFewer(tx, request, mostOpen);
    return { kind: 'stored', request: toRequest(added, []), added: true };
  });
}

/** @throws TooManyOpen when the requester has `mostOpen` other requests that are not settled */
async function requireFewer(
  tx: Database,
  { origin, requester }: NewRequest,
  mostOpen: number,
): Promise<void> {
  const { open } = await tx
    .selectFrom('requests')
    .select((select) => select.fn.countAll<number>().as('open'))
    .where('requester_id', '=', requester.userId)
    .where('status', 'not in', settledStatuses)
    .where('origin', '!=', origin)
    .executeTakeFirstOrThrow();
  if (open >= mostOpen) throw new TooManyOpen(open);
}

export async function findRequest(
  db: Database,
  id: number,
  chain: Chain,
): Promise<MigrationRequest | undefined> {
  const row = await selectRecorded(db).where('requests.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toRecorded(db, chain, row);
}

/**
 * Compare-and-swap on the version: appends the event and moves the state, or changes nothing and
 * returns `undefined` when the stored version is not the one of `change.request`.
 */
export async function recordChange(
  db: Database,
  change: Change,
  chain: Chain,
): Promise<MigrationRequest | undefined> {
  const { request, state, revised, by, at } = change;
  return db.transaction().execute(async (tx) => {
    const before = await selectRecorded(tx)
      .where('requests.id', '=', request.id)
      .executeTakeFirst();
    if (before?.version !== request.version) return undefined;
    const version = Math.max(request.version, before.newest_seq ?? 0) + 1;
    const swapped = await tx
      .updateTable('requests')
      .set({
        version,
        status: state.status,
        state: JSON.stringify(state),
        due_at: dueAt(state, at)?.toISOString() ?? null,
        job_id: jobIdIn(state) ?? null,
        ...(change.rule === undefined ? {} : { rule: JSON.stringify(change.rule) }),
        ...(revised === undefined ? {} : columnsOf(request, revised)),
        ended_at: endedAt(state)?.toISOString() ?? null,
      })
      .where('id', '=', request.id)
      .where('version', '=', request.version)
      .returningAll()
      .executeTakeFirst();
    if (swapped === undefined) return undefined;
    if (revised !== undefined || !needsSecrets(state)) {
      await tx.deleteFrom('typed_secrets').where('request_id', '=', request.id).execute();
    }
    if (revised !== undefined) await keepSealed(tx, request.id, revised.sealed);
    if (change.delivery !== undefined) await rememberDelivery(tx, change.delivery, at);

    const now = rowHashes(swapped);
    const isNext = await isLast(tx, chain, before);
    const known = isNext ? await recordedOf(tx, chain, before) : undefined;
    const recorded = hashesAfter(change, known, now);
    await addEvent(tx, chain, swapped, recorded, change.happening, by, at);
    return toRequest(swapped, alteredParts(now, recorded));
  });
}

function columnsOf(request: MigrationRequest, revised: NonNullable<Change['revised']>) {
  return {
    revision: revised.revision,
    revised_by: revised.origin,
    editors: JSON.stringify(revised.editors),
    rule: JSON.stringify(revised.rule),
    secrets: JSON.stringify(revised.secrets),
    // A revision has one text: parameters that did not change keep the hash that was approved.
    ...(revised.revision === request.revision
      ? {}
      : {
          job_name: revised.parameters.JobName,
          parameters: writeParameters(revised.parameters),
          reason: revised.reason,
        }),
  };
}

async function keepSealed(db: Database, id: number, secrets: SealedSecrets): Promise<void> {
  for (const [path, sealed] of Object.entries(secrets)) {
    await db.insertInto('typed_secrets').values({ request_id: id, path, sealed }).execute();
  }
}

/** Of requests with one job name, the form names one; the newest of these that its reader can see. */
const mostNamesakes = 20;

/** Requests of another origin with this job name that are not settled yet, the newest first. */
export async function listLiveNamesakes(
  db: Database,
  jobName: string,
  origin: string,
  chain: Chain,
): Promise<MigrationRequest[]> {
  const rows = await selectRecorded(db)
    .where('job_name', '=', jobName)
    .where('status', 'not in', settledStatuses)
    .where('origin', '!=', origin)
    .orderBy('requests.id', 'desc')
    .limit(mostNamesakes)
    .execute();
  return allRecorded(db, chain, rows);
}

export async function findSealedSecrets(db: Database, id: number): Promise<SealedSecrets> {
  const rows = await db
    .selectFrom('typed_secrets')
    .select(['path', 'sealed'])
    .where('request_id', '=', id)
    .execute();
  const sealed: SealedSecrets = {};
  for (const path of secretPaths) {
    const row = rows.find((each) => each.path === path);
    if (row !== undefined) sealed[path] = row.sealed;
  }
  return sealed;
}

/**
 * Whether the passwords of a request were sealed before passwords were bound to what they are for. The
 * chain says so: the event that made the revision is then one without `hashes`.
 */
export async function isSealedEarlier(db: Database, id: number, chain: Chain): Promise<boolean> {
  const event = await db
    .selectFrom('events')
    .selectAll()
    .where('request_id', '=', id)
    .where('type', 'in', eventsWithSecrets)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (event === undefined || event.hashes !== null) return false;
  const links = await db
    .selectFrom('links')
    .selectAll()
    .where('position', 'in', [event.position, event.position - 1])
    .orderBy('position', 'desc')
    .execute();
  const [link, before] = links;
  if (link?.position !== event.position) return false;
  const linked = { event, link, hashBefore: before?.hash ?? null };
  return (await provenHashes(db, chain, linked)) !== undefined;
}

/** The events of a request after `afterSeq`, oldest first. */
export async function listEvents(
  db: Database,
  id: number,
  afterSeq: number,
): Promise<RequestEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('request_id', '=', id)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    requestId: row.request_id,
    seq: row.seq,
    revision: row.revision,
    at: new Date(row.at),
    by: row.by_id === null ? undefined : { userId: row.by_id, name: row.by_name ?? row.by_id },
    happening: happening.parse(JSON.parse(row.happening)),
  }));
}

/**
 * Requests that Ferry has something to do for at `now` and no live process works on, but for those of
 * `except`, and when the next one is due. A process that ended without a word left its request behind:
 * such a request is due when the process's lease runs out, and at once where there are no leases.
 */
export async function listDue(db: Database, now: Date, except: readonly number[]): Promise<Due> {
  const instant = now.toISOString();
  const kind = 'launching';
  let due = db
    .selectFrom('requests')
    .select('id')
    .where('due_at', '<=', instant)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('leases')
            .select('owner')
            .where('kind', '=', kind)
            .whereRef('leases.request_id', '=', 'requests.id')
            .where('until', '>', instant),
        ),
      ),
    )
    .orderBy('due_at')
    .limit(100);
  if (except.length > 0) due = due.where('id', 'not in', except);
  const rows = await due.execute();
  const later = await db
    .selectFrom('requests')
    .select((select) => select.fn.min('due_at').as('next'))
    .where('due_at', '>', instant)
    .executeTakeFirst();
  const lease = await db
    .selectFrom('leases')
    .select((select) => select.fn.min('until').as('next'))
    .where('kind', '=', kind)
    .where('until', '>', instant)
    .executeTakeFirst();
  const [next] = [later?.next, lease?.next].filter((each) => typeof each === 'string').sort();
  return {
    ids: rows.map(({ id }) => id),
    next: next === undefined ? undefined : new Date(next),
  };
}

/** Requests that wait for approvals, or for their call, oldest first. */
export async function listOpen(db: Database): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('id')
    .where('status', 'in', openStatuses)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Requests that wait for approvals, without their parameters, which can be long. */
export async function listWaiting(db: Database): Promise<WaitingRequest[]> {
  const rows = await db
    .selectFrom('requests')
    .select(['id', 'revision', 'requester_id', 'requester_name', 'editors', 'rule', 'state'])
    .where('status', 'in', statusesAccepting('approve'))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    revision: row.revision,
    requester: { userId: row.requester_id, name: row.requester_name },
    editors: editors.parse(JSON.parse(row.editors)),
    rule: rule.parse(JSON.parse(row.rule)),
    state: requestState.parse(JSON.parse(row.state)),
  }));
}

/** Requests by their numbers, in the order of these. */
export async function findRequests(
  db: Database,
  ids: readonly number[],
  chain: Chain,
): Promise<MigrationRequest[]> {
  if (ids.length === 0) return [];
  const rows = await selectRecorded(db).where('requests.id', 'in', ids).execute();
  const found = await allRecorded(db, chain, rows);
  return ids.flatMap((id) => found.filter((request) => request.id === id));
}

/** What somebody asked for, what is not settled first, then the latest. */
export async function listAskedBy(
  db: Database,
  userId: string,
  offset: number,
  limit: number,
  chain: Chain,
): Promise<MigrationRequest[]> {
  const rows = await selectRecorded(db)
    .where('requester_id', '=', userId)
    .orderBy(({ eb }) => eb.case().when('status', 'in', settledStatuses).then(1).else(0).end())
    .orderBy('requests.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return allRecorded(db, chain, rows);
}

/** Every channel in which a request is posted. */
export async function listChannels(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('requests').select('channel').distinct().execute();
  return rows.map(({ channel }) => channel);
}

/** The newest of the requests in some channels and of those that somebody asked for. */
export async function listLatest(
  db: Database,
  { channels, userId }: { channels: readonly string[]; userId: string },
  offset: number,
  limit: number,
  chain: Chain,
): Promise<MigrationRequest[]> {
  const rows = await selectRecorded(db)
    .where((where) =>
      where.or([
        where('requester_id', '=', userId),
        ...(channels.length === 0 ? [] : [where('channel', 'in', channels)]),
      ]),
    )
    .orderBy('requests.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return allRecorded(db, chain, rows);
}

/** Those of `jobIds` that belong to other requests. */
export async function listJobsTaken(
  db: Database,
  { id }: MigrationRequest,
  jobIds: readonly string[],
): Promise<string[]> {
  if (jobIds.length === 0) return [];
  const rows = await db
    .selectFrom('requests')
    .select('job_id')
    .where('job_id', 'in', jobIds)
    .where('id', '!=', id)
    .execute();
  return rows.flatMap(({ job_id: jobId }) => jobId ?? []);
}

/** Whether another request with the same job name has a call of unknown outcome. */
export async function isContested(
  db: Database,
  { id, parameters }: MigrationRequest,
): Promise<boolean> {
  const rival = await db
    .selectFrom('requests')
    .select('id')
    .where('job_name', '=', parameters.JobName)
    .where('status', 'in', statusesInDoubt)
    .where('id', '!=', id)
    .executeTakeFirst();
  return rival !== undefined;
}

/** The event that made the request what its row says. Comes last in a transaction. */
async function addEvent(
  tx: Database,
  chain: Chain,
  row: RequestRow,
  recorded: RowHashes,
  event: Happening,
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

/**
 * The requests, each with its newest event and what proves it, as one statement reads them. Also with
 * the position of the newest link of each: an event that was removed leaves its link behind.
 */
function selectRecorded(db: Database) {
  return db
    .selectFrom('requests')
    .leftJoin('events as newest', (join) =>
      join.onRef('newest.request_id', '=', 'requests.id').on(({ eb, selectFrom }) =>
        eb(
          'newest.seq',
          '=',
          selectFrom('events as each')
            .select(({ fn }) => fn.max('each.seq').as('last'))
            .whereRef('each.request_id', '=', 'requests.id'),
        ),
      ),
    )
    .leftJoin('links as link', 'link.position', 'newest.position')
    .leftJoin('links as before', (join) =>
      join.on(({ eb }) => eb('before.position', '=', eb('newest.position', '-', 1))),
    )
    .selectAll('requests')
    .select(({ selectFrom }) => [
      'newest.seq as newest_seq',
      'newest.revision as newest_revision',
      'newest.at as newest_at',
      'newest.by_id as newest_by_id',
      'newest.by_name as newest_by_name',
      'newest.type as newest_type',
      'newest.happening as newest_happening',
      'newest.position as newest_position',
      'newest.parameters_hash as newest_parameters_hash',
      'newest.hashes as newest_hashes',
      'link.request_id as link_request_id',
      'link.content_hash as link_content_hash',
      'link.hash as link_hash',
      'before.hash as hash_before',
      selectFrom('links as each')
        .select(({ fn }) => fn.max('each.position').as('last'))
        .whereRef('each.request_id', '=', 'requests.id')
        .as('last_link'),
    ]);
}

type RecordedRow = Awaited<ReturnType<ReturnType<typeof selectRecorded>['execute']>>[number];

/** What the newest event recorded; `undefined` unless it is proven to be the newest one. */
async function recordedOf(db: Database, chain: Chain, row: RecordedRow) {
  const { newest_seq: seq, newest_position: position, link_content_hash, link_hash } = row;
  const isNewest = seq === row.version && position === (row.last_link ?? position);
  if (!isNewest || position === null || link_content_hash === null || link_hash === null) {
    return undefined;
  }
  return provenHashes(db, chain, {
    event: {
      request_id: row.id,
      seq,
      revision: row.newest_revision ?? 0,
      at: row.newest_at ?? '',
      by_id: row.newest_by_id,
      by_name: row.newest_by_name,
      type: row.newest_type ?? '',
      happening: row.newest_happening ?? '',
      position,
      parameters_hash: row.newest_parameters_hash ?? '',
      hashes: row.newest_hashes,
    },
    link: {
      request_id: row.link_request_id,
      content_hash: link_content_hash,
      hash: link_hash,
    },
    hashBefore: row.hash_before,
  });
}

/** Whether the newest event that the row has is the newest that the chain has. */
async function isLast(db: Database, chain: Chain, row: RecordedRow): Promise<boolean> {
  const { id: requestId, link_hash: hash, newest_position: position } = row;
  if (hash === null || position === null) return false;
  return isNewest(db, { chain, event: { requestId, position, hash } });
}

async function toRecorded(db: Database, chain: Chain, row: RecordedRow): Promise<MigrationRequest> {
  return toRequest(row, alteredParts(rowHashes(row), await recordedOf(db, chain, row)));
}

async function allRecorded(
  db: Database,
  chain: Chain,
  rows: readonly RecordedRow[],
): Promise<MigrationRequest[]> {
  const requests: MigrationRequest[] = [];
  for (const row of rows) requests.push(await toRecorded(db, chain, row));
  return requests;
}

const editors = z.array(z.string());

function toRequest(row: RequestRow, altered: readonly Alteration[]): MigrationRequest {
  return {
    id: row.id,
    origin: row.origin,
    version: row.version,
    revision: row.revision,
    channel: row.channel,
    requester: { userId: row.requester_id, name: row.requester_name },
    revisedBy: row.revised_by,
    editors: editors.parse(JSON.parse(row.editors)),
    askedIn: row.asked_in ?? undefined,
    rule: rule.parse(JSON.parse(row.rule)),
    parameters: readParameters(row.parameters),
    secrets: secretSources.parse(JSON.parse(row.secrets)),
    reason: row.reason,
    askedAt: new Date(row.asked_at),
    state: requestState.parse(JSON.parse(row.state)),
    altered,
  };
}

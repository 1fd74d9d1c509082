import type { Selectable } from 'kysely';
import type { Change, NewRequest } from '../domain/change';
import { migrationParameters } from '../domain/migration';
import type { Person } from '../domain/person';
import {
  launchDue,
  type MigrationRequest,
  needsSecrets,
  type RequestState,
  type RequestStatus,
  requestState,
} from '../domain/request';
import { type Happening, happening, type RequestEvent } from '../domain/requestEvent';
import { type SealedSecrets, secretPaths, secretSources } from '../domain/secretReference';
import type { Database } from './database';
import type { RequestsTable } from './schema';

/** Stores a pending request with its first event. One that is stored already is returned as it is. */
export async function addRequest(
  db: Database,
  request: NewRequest,
): Promise<{ request: MigrationRequest; added: boolean }> {
  const { origin, channel, requester, at } = request;
  const state: RequestState = { status: 'pending', approvals: [] };
  return db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto('requests')
      .values({
        origin,
        version: 1,
        revision: 1,
        status: state.status,
        state: JSON.stringify(state),
        launch_at: null,
        channel,
        job_name: request.parameters.JobName,
        requester_id: requester.userId,
        requester_name: requester.name,
        required_approvals: request.requiredApprovals,
        parameters: JSON.stringify(request.parameters),
        secrets: JSON.stringify(request.secrets),
        reason: request.reason,
        asked_at: at.toISOString(),
      })
      .onConflict((conflict) => conflict.column('origin').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (added === undefined) {
      const earlier = tx.selectFrom('requests').selectAll().where('origin', '=', origin);
      return { request: toRequest(await earlier.executeTakeFirstOrThrow()), added: false };
    }
    const id = added.id;
    for (const [path, sealed] of Object.entries(request.sealed)) {
      await tx.insertInto('typed_secrets').values({ request_id: id, path, sealed }).execute();
    }
    await tx.insertInto('announcements').values({ request_id: id, told_seq: 0 }).execute();
    await addEvent(tx, { id, version: 1, revision: 1 }, { type: 'requested' }, requester, at);
    return { request: toRequest(added), added: true };
  });
}

export async function findRequest(db: Database, id: number): Promise<MigrationRequest | undefined> {
  const row = await db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toRequest(row);
}

/**
 * Compare-and-swap on the version: appends the event and moves the state, or changes nothing and
 * returns `undefined` when the stored version is not the one of `change.request`.
 */
export async function recordChange(
  db: Database,
  change: Change,
): Promise<MigrationRequest | undefined> {
  const { request, state, by, at } = change;
  const version = request.version + 1;
  return db.transaction().execute(async (tx) => {
    const swapped = await tx
      .updateTable('requests')
      .set({
        version,
        status: state.status,
        state: JSON.stringify(state),
        launch_at: launchDue(state, at)?.toISOString() ?? null,
        job_id: state.status === 'created' ? state.jobId : null,
      })
      .where('id', '=', request.id)
      .where('version', '=', request.version)
      .returningAll()
      .executeTakeFirst();
    if (swapped === undefined) return undefined;
    if (!needsSecrets(state)) {
      await tx.deleteFrom('typed_secrets').where('request_id', '=', request.id).execute();
    }
    await addEvent(tx, { ...request, version }, change.happening, by, at);
    return toRequest(swapped);
  });
}

/** The newest request of another origin with this job name that is not settled yet. */
export function findLiveNamesake(
  db: Database,
  jobName: string,
  origin: string,
): Promise<{ id: number; origin: string } | undefined> {
  return db
    .selectFrom('requests')
    .select(['id', 'origin'])
    .where('job_name', '=', jobName)
    .where('status', 'not in', settled)
    .where('origin', '!=', origin)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

const settled: readonly RequestStatus[] = ['created', 'failed', 'denied'];

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
 * Requests that the launcher has something to do for at `now`, but for those of `except`, and when
 * the next one is due.
 */
export async function listDueLaunches(
  db: Database,
  now: Date,
  except: readonly number[],
): Promise<{ ids: number[]; next: Date | undefined }> {
  const instant = now.toISOString();
  let due = db
    .selectFrom('requests')
    .select('id')
    .where('launch_at', '<=', instant)
    .orderBy('launch_at')
    .limit(100);
  if (except.length > 0) due = due.where('id', 'not in', except);
  const rows = await due.execute();
  const later = await db
    .selectFrom('requests')
    .select((select) => select.fn.min('launch_at').as('next'))
    .where('launch_at', '>', instant)
    .executeTakeFirst();
  const next = later?.next;
  return {
    ids: rows.map(({ id }) => id),
    next: typeof next === 'string' ? new Date(next) : undefined,
  };
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
  const inDoubt: readonly RequestStatus[] = ['launching', 'reconciling', 'unconfirmed'];
  const rival = await db
    .selectFrom('requests')
    .select('id')
    .where('job_name', '=', parameters.JobName)
    .where('status', 'in', inDoubt)
    .where('id', '!=', id)
    .executeTakeFirst();
  return rival !== undefined;
}

async function addEvent(
  db: Database,
  { id, version, revision }: { id: number; version: number; revision: number },
  event: Happening,
  by: Person | undefined,
  at: Date,
): Promise<void> {
  await db
    .insertInto('events')
    .values({
      request_id: id,
      seq: version,
      revision,
      at: at.toISOString(),
      by_id: by?.userId ?? null,
      by_name: by?.name ?? null,
      type: event.type,
      happening: JSON.stringify(event),
    })
    .execute();
}

function toRequest(row: Selectable<RequestsTable>): MigrationRequest {
  return {
    id: row.id,
    origin: row.origin,
    version: row.version,
    revision: row.revision,
    channel: row.channel,
    requester: { userId: row.requester_id, name: row.requester_name },
    requiredApprovals: row.required_approvals,
    parameters: migrationParameters.parse(JSON.parse(row.parameters)),
    secrets: secretSources.parse(JSON.parse(row.secrets)),
    reason: row.reason,
    askedAt: new Date(row.asked_at),
    state: requestState.parse(JSON.parse(row.state)),
  };
}

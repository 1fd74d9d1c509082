import { type HomeFilter, passesFilter } from '../../domain/channel/home';
import { rule } from '../../domain/policy/policy';
import {
  type MigrationRequest,
  requestState,
  type WaitingRequest,
} from '../../domain/request/request';
import { openStatuses, statuses, statusesAccepting } from '../../domain/request/states';
import type { RequestStore } from '../../ports/requestStore';
import type { Chain } from '../chain';
import type { Database } from '../database';
import { allRecorded, editors, selectRecorded, toRecorded } from './row';

export async function findRequest(
  db: Database,
  id: number,
  chain: Chain,
): Promise<MigrationRequest | undefined> {
  const row = await selectRecorded(db).where('requests.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toRecorded(db, chain, row);
}

/** The requests with these IDs, in the same order. */
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

/** The form warns about the newest request with the same job name that the person can see. */
const mostNamesakes = 20;

/** Open requests of another origin with this job name, newest first. */
export async function listLiveNamesakes(
  db: Database,
  jobName: string,
  origin: string,
  chain: Chain,
): Promise<MigrationRequest[]> {
  const rows = await selectRecorded(db)
    .where('job_name', '=', jobName)
    .where('ended_at', 'is', null)
    .where('origin', '!=', origin)
    .orderBy('requests.id', 'desc')
    .limit(mostNamesakes)
    .execute();
  return allRecorded(db, chain, rows);
}

/** A user's requests: open ones first, then the newest. */
export async function listAskedBy(
  db: Database,
  userId: string,
  { filter, limit, offset }: { filter: HomeFilter; limit: number; offset: number },
  chain: Chain,
): Promise<MigrationRequest[]> {
  const rows = await selectRecorded(db)
    .where('requester_id', '=', userId)
    .where('status', 'in', statusesWithin(filter))
    .orderBy(({ eb }) => eb('requests.ended_at', 'is', null), 'desc')
    .orderBy('requests.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return allRecorded(db, chain, rows);
}

/** The newest requests in some channels and by a user. */
export async function listLatest(
  db: Database,
  { channels, except = [], filter = {}, notBy, userId }: Parameters<RequestStore['latest']>[0],
  offset: number,
  limit: number,
  chain: Chain,
): Promise<MigrationRequest[]> {
  let latest = selectRecorded(db)
    .where('status', 'in', statusesWithin(filter))
    .where((where) =>
      where.or([
        ...(userId === undefined ? [] : [where('requester_id', '=', userId)]),
        ...(channels.length === 0 ? [] : [where('channel', 'in', channels)]),
      ]),
    );
  if (notBy !== undefined) latest = latest.where('requester_id', '!=', notBy);
  if (except.length > 0) latest = latest.where('requests.id', 'not in', except);
  const rows = await latest.orderBy('requests.id', 'desc').offset(offset).limit(limit).execute();
  return allRecorded(db, chain, rows);
}

const statusesWithin = (filter: HomeFilter) =>
  statuses.filter((status) => passesFilter(filter, status));

/** Requests that wait for approvers, without their parameters, which can be long. */
export async function listWaiting(db: Database): Promise<WaitingRequest[]> {
  const rows = await db
    .selectFrom('requests')
    .select(['id', 'revision', 'requester_id', 'requester_name', 'editors', 'rule', 'state'])
    .where('status', 'in', [...statusesAccepting('approve'), ...statusesAccepting('look_again')])
    .where('ended_at', 'is', null)
    // An unknown outcome is more urgent than a decision.
    .orderBy(({ eb }) =>
      eb.case().when('status', 'in', statusesAccepting('look_again')).then(0).else(1).end(),
    )
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

/** Requests that wait for approvals or for their call, oldest first. */
export async function listOpen(db: Database): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('id')
    .where('status', 'in', openStatuses)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Every channel to which a request was posted. */
export async function listChannels(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('requests').select('channel').distinct().execute();
  return rows.map(({ channel }) => channel);
}

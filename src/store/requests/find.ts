import type { ExpressionBuilder } from 'kysely';
import { type HomeFilter, jobStatusesWithin, passesFilter } from '../../domain/channel/home';
import { jobPhases, statusesIn, unstarted } from '../../domain/job/job';
import { rule } from '../../domain/policy/policy';
import {
  type MigrationRequest,
  requestState,
  type WaitingRequest,
} from '../../domain/request/request';
import { openStatuses, statuses, statusesAccepting } from '../../domain/request/states';
import type { JobsListed, RequestStore } from '../../ports/requestStore';
import type { Chain } from '../chain';
import type { Database } from '../database';
import type { Schema } from '../schema';
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
  {
    apartFrom,
    filter,
    limit,
    offset,
  }: {
    apartFrom: JobsListed | undefined;
    filter: HomeFilter;
    limit: number;
    offset: number;
  },
  chain: Chain,
): Promise<MigrationRequest[]> {
  let asked = selectRecorded(db).where('requester_id', '=', userId).where(isWithin(filter));
  if (apartFrom !== undefined) {
    asked = asked.where('requests.id', 'not in', jobsListed(db, apartFrom));
  }
  const rows = await asked
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
  {
    apartFrom,
    channels,
    except = [],
    filter = {},
    notBy,
    userId,
  }: Parameters<RequestStore['latest']>[0],
  offset: number,
  limit: number,
  chain: Chain,
): Promise<MigrationRequest[]> {
  let latest = selectRecorded(db).where(isWithin(filter)).where(isSeenBy(channels, userId));
  if (apartFrom !== undefined) {
    latest = latest.where('requests.id', 'not in', jobsListed(db, apartFrom));
  }
  if (notBy !== undefined) latest = latest.where('requester_id', '!=', notBy);
  if (except.length > 0) latest = latest.where('requests.id', 'not in', except);
  const rows = await latest.orderBy('requests.id', 'desc').offset(offset).limit(limit).execute();
  return allRecorded(db, chain, rows);
}

/** The requests that a list of jobs has, by the jobs' urgency. */
export async function listWithJobs(
  db: Database,
  { channels, except = [], filter = {}, listed, userId }: Parameters<RequestStore['withJobs']>[0],
  offset: number,
  limit: number,
  chain: Chain,
): Promise<MigrationRequest[]> {
  let found = selectRecorded(db)
    .where('requests.id', 'in', jobsListed(db, listed))
    .where(isWithin(filter))
    .where(isSeenBy(channels, userId));
  if (except.length > 0) found = found.where('requests.id', 'not in', except);
  const rows = await found
    .orderBy(({ eb }) => {
      const [first, ...others] = jobPhases;
      return others
        .reduce(
          (order, phase, index) =>
            order.when('jobs.status', 'in', statusesIn(phase)).then(index + 1),
          eb.case().when('jobs.status', 'in', statusesIn(first)).then(0),
        )
        .end();
    })
    .orderBy('jobs.since', 'desc')
    .orderBy('requests.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return allRecorded(db, chain, rows);
}

/** The IDs of the requests that a list of jobs has. */
const jobsListed = (db: Database, { failedSince, isStarted }: JobsListed) =>
  db
    .selectFrom('jobs')
    .select('jobs.request_id')
    .where('jobs.status', 'in', statusesIn('failed', 'waiting', 'running'))
    .where((where) =>
      where.or([
        where('jobs.look_at', 'is not', null),
        where('jobs.since', '>=', failedSince.toISOString()),
      ]),
    )
    .$if(isStarted, (started) => started.where('jobs.status', 'not in', unstarted));

type Conditions = ExpressionBuilder<Pick<Schema, 'jobs' | 'requests'>, 'jobs' | 'requests'>;

const isSeenBy = (channels: readonly string[], userId: string | undefined) => (where: Conditions) =>
  where.or([
    ...(userId === undefined ? [] : [where('requests.requester_id', '=', userId)]),
    ...(channels.length === 0 ? [] : [where('requests.channel', 'in', channels)]),
  ]);

/** A request whose job exists passes by the status of the job, if Ferry has read it. */
const isWithin = (filter: HomeFilter) => (where: Conditions) => {
  const passing = statuses.filter((status) => passesFilter(filter, status));
  const jobs = jobStatusesWithin(filter);
  if (filter.status === undefined) return where('requests.status', 'in', passing);
  const byRequest = where.and([
    where('requests.status', 'in', passing),
    where.or([where('requests.status', '!=', 'created'), where('jobs.status', 'is', null)]),
  ]);
  const byJob = where.and([
    where('requests.status', '=', 'created'),
    where('jobs.status', 'in', jobs),
  ]);
  return jobs.length === 0 ? byRequest : where.or([byRequest, byJob]);
};

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

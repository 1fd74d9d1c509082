import { type ExpressionBuilder, sql } from 'kysely';
import { type HomeFilter, jobStatusesWithin, passesFilter } from '../../domain/channel/home';
import { jobPhases, statusesIn, unstarted } from '../../domain/job/job';
import type { MigrationRequest } from '../../domain/request/request';
import { openStatuses, statuses } from '../../domain/request/states';
import {
  type Announced,
  isWatch,
  type WatchStatus,
  watchStatuses,
} from '../../domain/request/watch';
import type { AwaitedFrom, JobsListed, RequestStore } from '../../ports/requestStore';
import type { Chain } from '../chain';
import type { Database } from '../database';
import type { Schema } from '../schema';
import { isNotAwaited, listAwaitedIds } from './awaited';
import { allAnnounced, allRecorded, selectRecorded, toAnnounced, toRecorded } from './row';

/** A request or a watch. */
export async function findAnnounced(
  db: Database,
  id: number,
  chain: Chain,
): Promise<Announced | undefined> {
  const row = await selectRecorded(db).where('requests.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toAnnounced(db, chain, row);
}

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
  const found = await findAllAnnounced(db, ids, chain);
  return found.flatMap((each) => (isWatch(each) ? [] : [each]));
}

async function findAllAnnounced(
  db: Database,
  ids: readonly number[],
  chain: Chain,
): Promise<Announced[]> {
  if (ids.length === 0) return [];
  const rows = await selectRecorded(db).where('requests.id', 'in', ids).execute();
  const found = await allAnnounced(db, chain, rows);
  return ids.flatMap((id) => found.filter((announced) => announced.id === id));
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
    .where('requests.status', 'not in', watchStatuses)
    .where('ended_at', 'is', null)
    .where('origin', '!=', origin)
    .orderBy('requests.id', 'desc')
    .limit(mostNamesakes)
    .execute();
  return allRecorded(db, chain, rows);
}

/**
 * How many of the newest requests of a channel or a person a list searches, so that it takes as long
 * with a long history.
 */
const mostSearched = 500;

const newest = (db: Database) =>
  db
    .selectFrom('requests')
    .select('requests.id')
    .orderBy('requests.id', 'desc')
    .limit(mostSearched);

/** The IDs that any of these queries finds. Each is a separate subquery, because it has a limit. */
const anyOf = (db: Database, queries: readonly ReturnType<typeof newest>[]) =>
  queries.reduce(
    (all, query) => all.union(db.selectFrom(query.as('some')).select('some.id')),
    db.selectFrom('requests').select('requests.id').where('requests.id', '=', 0),
  );

/** A user's requests: open ones first, then the newest. */
export async function listAskedBy(
  db: Database,
  userId: string,
  {
    apartFrom,
    filter,
    limit,
    notAwaitedFrom,
    offset,
  }: {
    apartFrom: JobsListed | undefined;
    filter: HomeFilter;
    limit: number;
    notAwaitedFrom: AwaitedFrom | undefined;
    offset: number;
  },
  chain: Chain,
): Promise<MigrationRequest[]> {
  const asked = newest(db).where('requester_id', '=', userId);
  const open = asked.where('ended_at', 'is', null);
  const ids = await searched(db, { filter, apartFrom })
    .where('requests.id', 'in', anyOf(db, [open, asked]))
    .where(isNotAwaited(notAwaitedFrom))
    .orderBy(({ eb }) => eb('requests.ended_at', 'is not', null))
    .orderBy('requests.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return findRequests(db, idsOf(ids), chain);
}

/** The newest requests in some channels and by a user. */
export async function listLatest(
  db: Database,
  {
    apartFrom,
    channels,
    filter = {},
    notAwaitedFrom,
    notBy,
    userId,
  }: Parameters<RequestStore['latest']>[0],
  offset: number,
  limit: number,
  chain: Chain,
): Promise<MigrationRequest[]> {
  const places = [
    ...channels.map((channel) => newest(db).where('channel', '=', channel)),
    ...(userId === undefined ? [] : [newest(db).where('requester_id', '=', userId)]),
  ];
  const rows = await searched(db, { filter, apartFrom })
    .where('requests.id', 'in', anyOf(db, places))
    .$if(notBy !== undefined, (others) => others.where('requester_id', '!=', notBy ?? ''))
    .where(isNotAwaited(notAwaitedFrom))
    .orderBy('requests.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return findRequests(db, idsOf(rows), chain);
}

/** The requests and watches that a list of jobs has, by the jobs' urgency. */
export async function listWithJobs(
  db: Database,
  {
    channels,
    filter = {},
    listed,
    notAwaitedFrom,
    userId,
  }: Parameters<RequestStore['withJobs']>[0],
  offset: number,
  limit: number,
  chain: Chain,
): Promise<Announced[]> {
  const rows = await searched(db, { filter, apartFrom: undefined, isWithWatches: true })
    .where('requests.id', 'in', jobsListed(db, listed))
    .where(isSeenBy(channels, userId))
    .where(isNotAwaited(notAwaitedFrom))
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
  return findAllAnnounced(db, idsOf(rows), chain);
}

/** The IDs of requests that a filter includes. */
function searched(
  db: Database,
  {
    apartFrom,
    filter,
    isWithWatches = false,
  }: { apartFrom: JobsListed | undefined; filter: HomeFilter; isWithWatches?: boolean },
) {
  const within = db
    .selectFrom('requests')
    .leftJoin('jobs', 'jobs.request_id', 'requests.id')
    .select('requests.id')
    .where(isWithin(filter, isWithWatches ? ['watching'] : []));
  return apartFrom === undefined
    ? within
    : within.where('requests.id', 'not in', jobsListed(db, apartFrom));
}

const idsOf = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

/** The IDs of the requests that a list of jobs has. Each half of the query has its own index. */
const jobsListed = (db: Database, { failedSince, isStarted }: JobsListed) => {
  const within = statusesIn('failed', 'waiting', 'running').filter(
    (status) => !isStarted || !unstarted.includes(status),
  );
  const jobs = db.selectFrom('jobs').select('jobs.request_id');
  return (
    jobs
      .where('jobs.look_at', '>', '')
      // Compares an expression, because SQLite would choose the index of all statuses.
      .where(sql`jobs.status || ''`, 'in', within)
      .unionAll(
        jobs
          .where('jobs.status', 'in', within)
          .where('jobs.since', '>=', failedSince.toISOString()),
      )
  );
};

type Conditions = ExpressionBuilder<Pick<Schema, 'jobs' | 'requests'>, 'jobs' | 'requests'>;

/** Compares expressions, because SQLite would choose the index of a channel with all requests. */
const isSeenBy = (channels: readonly string[], userId: string | undefined) => (where: Conditions) =>
  where.or([
    ...(userId === undefined ? [] : [where(sql`requests.requester_id || ''`, '=', userId)]),
    ...(channels.length === 0 ? [] : [where(sql`requests.channel || ''`, 'in', channels)]),
  ]);

/** A watch, or a request whose job exists, passes by the status of the job, if Ferry has read it. */
const isWithin = (filter: HomeFilter, watched: readonly WatchStatus[]) => (where: Conditions) => {
  const passing = statuses.filter((status) => passesFilter(filter, status));
  const jobs = jobStatusesWithin(filter);
  const byRequest = where.and([
    where('requests.status', 'in', passing),
    where.or([where('requests.status', '!=', 'created'), where('jobs.status', 'is', null)]),
  ]);
  const byJob = where.and([
    where('requests.status', 'in', ['created', ...watched]),
    where('jobs.status', 'in', jobs),
  ]);
  return jobs.length === 0 ? byRequest : where.or([byRequest, byJob]);
};

/** Requests that wait for a person: unknown outcomes first, then the oldest. */
export async function listAwaitedFrom(
  db: Database,
  from: AwaitedFrom,
  page: Parameters<typeof listAwaitedIds>[2],
  chain: Chain,
): Promise<MigrationRequest[]> {
  return findRequests(db, await listAwaitedIds(db, from, page), chain);
}

/** Requests that a change of the policy affects at once, oldest first. */
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
  // Jumps from one channel to the next in the index, because `distinct` would read all of it.
  const { rows } = await sql<{ channel: string }>`with recursive each_one(channel) as (
      select min(channel) from requests
      union all
      select (select min(requests.channel) from requests where requests.channel > each_one.channel)
      from each_one where each_one.channel is not null
    )
    select channel from each_one where channel is not null`.execute(db);
  return rows.map(({ channel }) => channel);
}

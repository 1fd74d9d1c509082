import {
  type Announced,
  isWatch,
  mostWatched,
  type NewWatch,
  type Watch,
  type WatchAdded,
  type WatchChange,
  watchStatuses,
} from '../../domain/request/watch';
import type { WatchStore } from '../../ports/watchStore';
import type { Chain } from '../chain';
import type { Database } from '../database';
import { followJob, keepJob, lookAtJob } from '../jobs';
import { writeWatched } from '../storedParameters';
import { allAnnounced, selectRecorded, toAnnounced, toWatch } from './row';
import { addRow, type NewRow, swapRow } from './writeRow';

export function createWatchStore(db: Database, chain: Chain): WatchStore {
  return {
    add: (watch) => addWatch(db, watch, chain),
    exceededBy: (userId) => exceededLimit(db, userId),
    holding: (jobId) => findHolding(db, jobId, chain),
    watching: (jobId) => findWatching(db, jobId, chain),
    record: (change) => recordWatch(db, change, chain),
  };
}

async function addWatch(db: Database, watch: NewWatch, chain: Chain): Promise<WatchAdded> {
  const { at, channel, job, origin, requester, rule, watched } = watch;
  const { jobId, region } = watched;
  const row: NewRow = {
    ...{ origin, requester, channel, rule, at },
    state: { status: 'watching' },
    columns: {
      job_name: watched.name,
      job_id: jobId,
      parameters: writeWatched(watched),
      secrets: JSON.stringify({}),
      reason: '',
    },
    audiences: ['channel'],
    event: { type: 'watched', jobId, region },
  };
  return addRow<WatchAdded>(db, chain, row, {
    refuse: (tx) => refuseWatch(tx, watch, chain),
    async also(tx, id) {
      await followJob(tx, { jobId, region, requestId: id }, at);
      await keepJob(tx, id, job);
    },
    added: (added) => ({ kind: 'stored', watch: toWatch(added, [], job), added: true }),
    async stored(tx, earlier) {
      const found = await toAnnounced(tx, chain, earlier);
      if (!isWatch(found)) throw new Error(`${origin} is not a watch`);
      return { kind: 'stored', watch: found, added: false };
    },
  });
}

/** Refuses a watch if the job is known, or there are too many other watches. */
async function refuseWatch(
  tx: Database,
  { origin, requester, watched }: NewWatch,
  chain: Chain,
): Promise<WatchAdded | undefined> {
  const announced = await findHolding(tx, watched.jobId, chain, origin);
  if (announced !== undefined) return { kind: 'known', announced };
  const whose = await exceededLimit(tx, requester.userId, origin);
  return whose && { kind: 'too_many', whose };
}

async function exceededLimit(
  db: Database,
  userId: string,
  exceptOrigin = '',
): Promise<keyof typeof mostWatched | undefined> {
  const rows = await db
    .selectFrom('requests')
    .select(({ fn }) => ['requester_id', fn.countAll<number>().as('count')])
    .where('status', '=', 'watching')
    .where('ended_at', 'is', null)
    .where('origin', '!=', exceptOrigin)
    .groupBy('requester_id')
    .execute();
  const counts = rows.map(({ count, requester_id: id }) => ({ id, count: Number(count) }));
  const own = counts.find(({ id }) => id === userId)?.count ?? 0;
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  if (own >= mostWatched.byOne) return 'byOne';
  return all >= mostWatched.byAll ? 'byAll' : undefined;
}

async function findHolding(
  db: Database,
  jobId: string,
  chain: Chain,
  exceptOrigin = '',
): Promise<Announced | undefined> {
  const rows = await selectRecorded(db)
    .where('requests.job_id', '=', jobId)
    .where('requests.status', '!=', 'unwatched')
    .where('requests.origin', '!=', exceptOrigin)
    // A request that has the job says more than a watch.
    .orderBy(({ eb }) => eb('requests.status', 'in', watchStatuses))
    .orderBy('requests.id')
    .limit(1)
    .execute();
  const [found] = await allAnnounced(db, chain, rows);
  return found;
}

async function findWatching(db: Database, jobId: string, chain: Chain): Promise<Watch | undefined> {
  const rows = await selectRecorded(db)
    .where('requests.job_id', '=', jobId)
    .where('requests.status', '=', 'watching')
    .limit(1)
    .execute();
  const [found] = await allAnnounced(db, chain, rows);
  return found !== undefined && isWatch(found) ? found : undefined;
}

async function recordWatch(
  db: Database,
  change: WatchChange,
  chain: Chain,
): Promise<Watch | undefined> {
  const { request, state } = change;
  const columns = {
    status: state.status,
    state: JSON.stringify(state),
    ended_at: state.status === 'unwatched' ? state.at.toISOString() : null,
  };
  const swapped = await swapRow(db, chain, change, columns, async (tx) => {
    if (change.job !== undefined) await keepJob(tx, request.id, change.job);
    if (state.status === 'unwatched') await lookAtJob(tx, request.id, undefined);
  });
  return swapped && toWatch(swapped.row, swapped.altered, change.job ?? request.job);
}

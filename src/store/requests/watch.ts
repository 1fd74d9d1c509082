import { audiences } from '../../domain/channel/announcement';
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
import { rowHashes } from '../rowHashes';
import { writeWatched } from '../storedParameters';
import { addEvent, swapRow } from './record';
import { allAnnounced, selectRecorded, toWatch } from './row';

export function createWatchStore(db: Database, chain: Chain): WatchStore {
  return {
    add: (watch) => addWatch(db, watch, chain),
    holding: (jobId) => findHolding(db, jobId, chain),
    watching: (jobId) => findWatching(db, jobId, chain),
    record: (change) => recordWatch(db, change, chain),
  };
}

/** Rolls a transaction back. */
class NotAdded extends Error {
  constructor(readonly result: Exclude<WatchAdded, { kind: 'stored' }>) {
    super(`the watch was not added: ${result.kind}`);
  }
}

async function addWatch(db: Database, watch: NewWatch, chain: Chain): Promise<WatchAdded> {
  try {
    return await insertWatch(db, watch, chain);
  } catch (error) {
    if (error instanceof NotAdded) return error.result;
    throw error;
  }
}

async function insertWatch(db: Database, watch: NewWatch, chain: Chain): Promise<WatchAdded> {
  const { at, job, origin, requester, watched } = watch;
  const { jobId, region } = watched;
  const state = { status: 'watching' } as const;
  return db.transaction().execute(async (tx) => {
    const earlier = await selectRecorded(tx).where('origin', '=', origin).executeTakeFirst();
    if (earlier !== undefined) {
      const [stored] = await allAnnounced(tx, chain, [earlier]);
      if (stored === undefined || !isWatch(stored)) throw new Error(`${origin} is not a watch`);
      return { kind: 'stored', watch: stored, added: false };
    }
    // Most refusals happen here, before a number is used up.
    await requireRoom(tx, watch, chain);
    const added = await tx
      .insertInto('requests')
      .values({
        origin,
        version: 1,
        revision: 1,
        status: state.status,
        state: JSON.stringify(state),
        channel: watch.channel,
        job_name: watched.name,
        job_id: jobId,
        requester_id: requester.userId,
        requester_name: requester.name,
        revised_by: origin,
        editors: JSON.stringify([]),
        rule: JSON.stringify(watch.rule),
        parameters: writeWatched(watched),
        secrets: JSON.stringify({}),
        reason: '',
        asked_at: at.toISOString(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const { id } = added;
    const [audience] = audiences;
    await tx
      .insertInto('announcements')
      .values({ request_id: id, audience, told_seq: 0, seen_version: 0, untold_seq: 1 })
      .execute();
    await followJob(tx, { jobId, region, requestId: id }, at);
    await keepJob(tx, id, job);
    await addEvent(
      tx,
      chain,
      added,
      rowHashes(added),
      { type: 'watched', jobId, region },
      requester,
      at,
    );
    // Writers wait for each other at the journal's row, so this sees all earlier watches.
    await requireRoom(tx, watch, chain);
    return { kind: 'stored', watch: toWatch(added, [], job), added: true };
  });
}

/** @throws NotAdded if the job is known, or there are too many other watches */
async function requireRoom(
  tx: Database,
  { origin, requester, watched }: NewWatch,
  chain: Chain,
): Promise<void> {
  const announced = await findHolding(tx, watched.jobId, chain, origin);
  if (announced !== undefined) throw new NotAdded({ kind: 'known', announced });
  const rows = await tx
    .selectFrom('requests')
    .select(({ fn }) => ['requester_id', fn.countAll<number>().as('count')])
    .where('status', '=', 'watching')
    .where('ended_at', 'is', null)
    .where('origin', '!=', origin)
    .groupBy('requester_id')
    .execute();
  const counts = rows.map(({ count, requester_id: id }) => ({ id, count: Number(count) }));
  const own = counts.find(({ id }) => id === requester.userId)?.count ?? 0;
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  if (own >= mostWatched.byOne) throw new NotAdded({ kind: 'too_many', whose: 'byOne' });
  if (all >= mostWatched.byAll) throw new NotAdded({ kind: 'too_many', whose: 'byAll' });
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

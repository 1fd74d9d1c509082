import type { RequestStatus } from '../domain/request/request';
import { statuses } from '../domain/request/states';
import type { Chain } from './chain';
import type { Database, DatabaseLocation } from './database';
import { checkKeys } from './journal';
import { databaseProblem, openForReading, type ReadingProblem } from './openDatabase';

export type Reading<Result> = { ok: true; result: Result } | { ok: false; problem: ReadingProblem };

/** Reads a database that may be in use, without changes. */
export async function readDatabase<Result>(
  location: DatabaseLocation,
  read: (db: Database) => Promise<Result>,
): Promise<Reading<Result>> {
  const opened = await openForReading(location, () => {});
  if (!opened.ok) return opened;
  try {
    return { ok: true, result: await read(opened.db) };
  } catch (error) {
    return { ok: false, problem: databaseProblem(error) };
  } finally {
    await opened.db.destroy();
  }
}

/** The number of requests in each state, and the requests whose channel Ferry can't post in. */
export interface Census {
  byStatus: readonly { status: RequestStatus; count: number }[];
  unannounced: readonly { id: number; channel: string }[];
  /**
   * True if the audit log matches the keys, as far as its newest event and the events before each
   * key show.
   */
  fits: boolean;
}

export async function takeCensus(db: Database, chain: Chain): Promise<Census> {
  const rows = await db
    .selectFrom('requests')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .groupBy('status')
    .orderBy('status')
    .execute();
  const unannounced = await db
    .selectFrom('announcements')
    .innerJoin('requests', 'requests.id', 'announcements.request_id')
    .select(['requests.id', 'requests.channel'])
    .where('announcements.audience', '=', 'channel')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('events')
          .select('events.seq')
          .whereRef('events.request_id', '=', 'requests.id')
          .whereRef('events.seq', '>', 'announcements.told_seq')
          .where('events.type', '=', 'channel_lost'),
      ),
    )
    .orderBy('requests.id')
    .execute();
  // Watches are no requests.
  const byStatus = rows.flatMap((row) => {
    const status = statuses.find((each) => each === row.status);
    return status === undefined ? [] : [{ status, count: Number(row.count) }];
  });
  return { byStatus, unannounced, fits: (await checkKeys(db, chain)).ok };
}

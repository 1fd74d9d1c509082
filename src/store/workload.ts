import { audiences } from '../domain/channel/announcement';
import { followedStatuses } from '../domain/job/job';
import { settledStatuses, statuses } from '../domain/request/states';
import type { Workload } from '../ports/workload';
import type { Database } from './database';

/** Counts what waits. Each query uses an index of what has not ended, so history costs nothing. */
export async function readWorkload(db: Database, now: Date): Promise<Workload> {
  const requests = await db
    .selectFrom('requests')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .where('ended_at', 'is', null)
    .groupBy('status')
    .execute();
  // To group them, SQLite would read all jobs in the order of their status.
  const jobs = await db.selectFrom('jobs').select('status').where('look_at', '>', '').execute();
  const outbox = await db
    .selectFrom('announcements')
    .leftJoin('events', (join) =>
      join
        .onRef('events.request_id', '=', 'announcements.request_id')
        .on(({ eb }) => eb('events.seq', '=', eb('told_seq', '+', 1))),
    )
    .select(({ fn }) => [
      'audience',
      fn.countAll<number>().as('count'),
      fn.min('events.at').as('oldest'),
    ])
    .where('untold_seq', 'is not', null)
    .where(({ eb, or }) =>
      or([eb('hold_until', 'is', null), eb('hold_until', '<=', now.toISOString())]),
    )
    .groupBy('audience')
    .execute();
  return {
    requests: statuses
      .filter((state) => !settledStatuses.includes(state))
      .map((state) => ({
        state,
        count: Number(requests.find((row) => row.status === state)?.count ?? 0),
      })),
    jobs: followedStatuses.map((each) => ({
      status: each,
      count: jobs.filter((row) => row.status === each).length,
    })),
    outbox: audiences.map((audience) => {
      const row = outbox.find((each) => each.audience === audience);
      return { audience, count: Number(row?.count ?? 0), oldestSeconds: age(row?.oldest, now) };
    }),
  };
}

function age(at: string | null | undefined, now: Date): number {
  if (at === undefined || at === null) return 0;
  return Math.max(0, (now.getTime() - new Date(at).getTime()) / 1_000);
}

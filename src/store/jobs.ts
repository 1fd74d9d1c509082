import { type FollowedJob, jobNotes } from '../domain/job/followed';
import { nextLook, observedJob } from '../domain/job/job';
import type { DueJob, JobStore } from '../ports/jobStore';
import type { Database, DatabaseKind } from './database';

export function createJobStore(db: Database, kind: DatabaseKind): JobStore {
  return {
    async due(now, except) {
      let first = db
        .selectFrom('jobs')
        .select('request_id')
        .where('look_at', '<=', now.toISOString());
      if (except.length > 0) first = first.where('request_id', 'not in', except);
      const due = await first.orderBy('look_at').limit(1).execute();
      const later = await db
        .selectFrom('jobs')
        .select(({ fn }) => fn.min('look_at').as('next'))
        .where('look_at', '>', now.toISOString())
        .executeTakeFirst();
      const next = later?.next;
      return {
        ids: due.map(({ request_id }) => request_id),
        next: next === undefined || next === null ? undefined : new Date(next),
      };
    },
    async claimDue(now, until) {
      const rows = await db
        .updateTable('jobs')
        .set({ look_at: until.toISOString() })
        .where('look_at', '<=', now.toISOString())
        .returning(['request_id', 'job_id', 'region', 'api', 'seen_at'])
        .execute();
      return rows.map(
        ({ api, job_id, region, request_id, seen_at }): DueJob => ({
          requestId: request_id,
          jobId: job_id,
          region,
          api: api ?? undefined,
          seenAt: seen_at === null ? undefined : new Date(seen_at),
        }),
      );
    },
    async save({ id, version }, job, lookAt) {
      await db.transaction().execute(async (tx) => {
        const before = await tx
          .selectFrom('jobs')
          .innerJoin('requests', 'requests.id', 'jobs.request_id')
          .select('seen')
          .where('request_id', '=', id)
          .where('version', '=', version)
          // Changes of the request wait, or this waits for one and then finds another version.
          .$if(kind === 'postgres', (query) => query.forShare('requests'))
          .executeTakeFirst();
        if (before === undefined) return;
        await updateJob(tx, id, job, lookAt);
        if (before.seen === columnsOf(job).seen) return;
        // The card and the progress may show something else now.
        await tx
          .updateTable('announcements')
          .set({ untold_seq: version })
          .where('request_id', '=', id)
          .where('audience', '=', 'channel')
          .execute();
      });
    },
    async progress(requestId) {
      const row = await db
        .selectFrom('jobs')
        .select(['progress_ts', 'progress_digest', 'progress_at'])
        .where('request_id', '=', requestId)
        .executeTakeFirst();
      if (row === undefined || row.progress_at === null || row.progress_digest === null)
        return undefined;
      return {
        ts: row.progress_ts ?? undefined,
        digest: row.progress_digest,
        at: new Date(row.progress_at),
      };
    },
    async saveProgress(requestId, { at, digest, ts }) {
      await db
        .updateTable('jobs')
        .set({
          progress_ts: ts ?? null,
          progress_digest: digest,
          progress_at: at.toISOString(),
        })
        .where('request_id', '=', requestId)
        .executeTakeFirstOrThrow();
    },
    lookAt: (requestId, at) => lookAtJob(db, requestId, at),
    async postpone(requestId, at) {
      await db
        .updateTable('jobs')
        .set({ look_at: at.toISOString() })
        .where('request_id', '=', requestId)
        .where('look_at', 'is not', null)
        .execute();
    },
  };
}

/** Stores what an event shows about a job, in the event's transaction. */
export const keepJob = (tx: Database, requestId: number, job: FollowedJob): Promise<void> =>
  updateJob(tx, requestId, job, nextLook(job, job.seenAt));

async function updateJob(
  db: Database,
  requestId: number,
  job: FollowedJob,
  lookAt: Date | undefined,
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ ...columnsOf(job), look_at: lookAt?.toISOString() ?? null })
    .where('request_id', '=', requestId)
    .execute();
}

/** Asks for the job of a request at another time, or never again. */
export async function lookAtJob(
  db: Database,
  requestId: number,
  at: Date | undefined,
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ look_at: at?.toISOString() ?? null })
    .where('request_id', '=', requestId)
    .execute();
}

/** Asks for a watched job at another time. A request that has the job ends its watch. */
export async function lookAtWatched(tx: Database, jobId: string, at: Date): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({ look_at: at.toISOString() })
    .where('request_id', 'in', (from) =>
      from
        .selectFrom('requests')
        .select('id')
        .where('requests.job_id', '=', jobId)
        .where('requests.status', '=', 'watching'),
    )
    .execute();
}

/**
 * Begins to follow a job. Nothing changes if Ferry follows it already. A job that was created again
 * replaces the one that was deleted.
 */
export async function followJob(
  tx: Database,
  { jobId, region, requestId }: { jobId: string; region: string; requestId: number },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('jobs')
    .values({ request_id: requestId, job_id: jobId, region, look_at: at.toISOString() })
    .onConflict((conflict) =>
      conflict
        .column('request_id')
        .doUpdateSet({
          ...{ job_id: jobId, region, look_at: at.toISOString() },
          ...{ api: null, seen: null, status: null, since: null, seen_at: null },
          ...{ progress_ts: null, progress_digest: null, progress_at: null },
        })
        .where('jobs.job_id', '!=', jobId),
    )
    .execute();
}

const storedJob = observedJob.extend(jobNotes.shape);

const columnsOf = ({ seenAt, since, ...job }: FollowedJob) => ({
  api: job.api,
  seen: JSON.stringify(storedJob.parse(job)),
  status: job.status,
  since: since.toISOString(),
  seen_at: seenAt.toISOString(),
});

/** The columns of a job in a joined row. */
export interface JobColumns {
  job_seen: string | null;
  job_since: string | null;
  job_seen_at: string | null;
}

export function readJob(row: JobColumns): FollowedJob | undefined {
  const { job_seen: seen, job_seen_at: seenAt, job_since: since } = row;
  if (seen === null || seenAt === null || since === null) return undefined;
  const job = storedJob.parse(JSON.parse(seen));
  return { ...job, since: new Date(since), seenAt: new Date(seenAt) };
}

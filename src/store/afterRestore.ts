import { type ExpressionBuilder, sql } from 'kysely';
import type { RequestStatus } from '../domain/request/request';
import { isWatchStatus } from '../domain/request/watch';
import { failure, type Result, success } from '../domain/result';
import type { Database, DatabaseKind } from './database';
import type { Schema } from './schema';

/**
 * How many request numbers are skipped. Slack keeps the cards of requests that the backup doesn't
 * contain, and their buttons must never act on another request.
 */
const skippedNumbers = 1_000;

/** A request without a job. Its job may have been created after the backup. */
export interface WithoutJob {
  id: number;
  status: RequestStatus;
  jobName: string;
}

/** Open requests, and failed ones, which someone may have retried after the backup. */
const mayHaveContinued = ({ eb, or }: ExpressionBuilder<Schema, 'requests'>) =>
  or([eb('ended_at', 'is', null), eb('requests.status', '=', 'failed')]);

/**
 * Prepares a database that was restored from a backup: skips request numbers, and marks the card of
 * each open or failed request to be redrawn, because Slack shows what happened after the backup. Fails
 * if a process holds a lease.
 */
export async function prepareRestored(
  db: Database,
  kind: DatabaseKind,
  now: Date,
): Promise<Result<WithoutJob[], 'in_use'>> {
  return db.transaction().execute(async (tx) => {
    const lease = await tx
      .selectFrom('leases')
      .select('owner')
      .where('until', '>', now.toISOString())
      .limit(1)
      .executeTakeFirst();
    if (lease !== undefined) return failure('in_use');
    if (kind === 'postgres') {
      await sql`select setval('requests_id_seq', last_value + ${sql.lit(skippedNumbers)})
        from requests_id_seq`.execute(tx);
    } else {
      // The row is missing until the first request.
      await sql`insert into sqlite_sequence (name, seq) select 'requests', 0
        where not exists (select 1 from sqlite_sequence where name = 'requests')`.execute(tx);
      await sql`update sqlite_sequence set seq = seq + ${sql.lit(skippedNumbers)}
        where name = 'requests'`.execute(tx);
    }
    await tx
      .updateTable('announcements')
      // The announcer redraws a card whose content it doesn't know.
      .set(({ fn }) => ({
        digest: '',
        untold_seq: fn.coalesce('untold_seq', 'told_seq'),
        seen_version: 0,
      }))
      .where('audience', '=', 'channel')
      .where('ts', 'is not', null)
      .where('request_id', 'in', (eb) =>
        eb.selectFrom('requests').select('requests.id').where(mayHaveContinued),
      )
      .execute();
    const rows = await tx
      .selectFrom('requests')
      .select(['id', 'status', 'job_name as jobName'])
      .where(mayHaveContinued)
      .where('job_id', 'is', null)
      .orderBy('id')
      .execute();
    // Watches always have a job.
    return success(
      rows.flatMap(({ status, ...row }) => (isWatchStatus(status) ? [] : [{ ...row, status }])),
    );
  });
}

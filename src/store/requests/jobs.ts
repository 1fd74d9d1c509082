import type { NotNull } from 'kysely';
import type { MigrationRequest } from '../../domain/request/request';
import { statusesInDoubt } from '../../domain/request/states';
import { watchStatuses } from '../../domain/request/watch';
import type { Database } from '../database';

/** Returns the `jobIds` that belong to other requests, with these requests. */
export async function listJobsTaken(
  db: Database,
  { id }: MigrationRequest,
  jobIds: readonly string[],
): Promise<Map<string, number>> {
  if (jobIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('requests')
    .select(['id', 'job_id'])
    .where('job_id', 'in', jobIds)
    .where('status', 'not in', watchStatuses)
    .where('id', '!=', id)
    .$narrowType<{ job_id: NotNull }>()
    .execute();
  return new Map(rows.map(({ id: owner, job_id: jobId }) => [jobId, owner]));
}

/** True if another request with the same job name has a call whose outcome is unknown. */
export async function isContested(
  db: Database,
  { id, parameters }: MigrationRequest,
): Promise<boolean> {
  const rival = await db
    .selectFrom('requests')
    .select('id')
    .where('job_name', '=', parameters.JobName)
    .where('status', 'in', statusesInDoubt)
    .where('ended_at', 'is', null)
    .where('id', '!=', id)
    .executeTakeFirst();
  return rival !== undefined;
}

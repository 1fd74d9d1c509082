import { advance } from '../domain/request/advance';
import { type Search, withoutWords } from '../domain/request/launchOutcome';
import type { MigrationRequest } from '../domain/request/request';
import type { MigrationService } from '../ports/migrationService';
import type { RequestStore } from '../ports/requestStore';
import { type CommitContext, commit, recordIf } from './commit';

export interface ReconcileContext extends CommitContext {
  service: Pick<MigrationService, 'findJobs'>;
  store: RequestStore;
  /** How long to look for a job whose call got no response. */
  settleMs: number;
}

/** By then DTS has answered a search, or will not. */
const searchTimeoutMs = 30_000;

/**
 * Looks for the job that a call may have created. Jobs of other requests are left out, however alike
 * they are.
 */
export async function lookForJob(
  context: ReconcileContext,
  request: MigrationRequest,
  calledAt: Date,
): Promise<void> {
  const search = await searchJobs(context, request, calledAt);
  await commit(context, request.id, (current, now) =>
    recordIf(advance(current, { type: 'look', search }, now, context.settleMs)),
  );
}

async function searchJobs(
  { service, store }: ReconcileContext,
  request: MigrationRequest,
  calledAt: Date,
): Promise<Search> {
  const abandon = AbortSignal.timeout(searchTimeoutMs);
  const result = await service.findJobs(request.parameters, calledAt, abandon);
  if (result.kind === 'failed') return { kind: 'failed', problem: withoutWords(result.problem) };
  const jobIds = result.jobs.map(({ jobId }) => jobId);
  const taken = await store.jobsTaken(request, jobIds);
  const jobs = result.jobs.filter(({ jobId }) => !taken.includes(jobId));
  return { kind: 'found', jobs, contested: await store.isContested(request) };
}

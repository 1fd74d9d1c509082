import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import type { DtsJob, MutableJob } from './dtsJob';
import { newJobId } from './newJobId';

/** A job that someone creates at `nowMs` of the endpoint's clock, with status 1. Adds it to `jobs`. */
export function newJob(
  jobs: Map<string, MutableJob>,
  request: CreateMigrateJobRequest,
  nowMs: number,
  about: Pick<DtsJob, 'region' | 'callIndex' | 'knownTo' | 'isBilled'>,
): MutableJob {
  const job: MutableJob = {
    ...about,
    jobId: newJobId((candidate) => jobs.has(candidate)),
    createdAtMs: nowMs,
    request,
    status: 'creating',
    sinceMs: nowMs,
    updatedAtMs: nowMs,
    check: undefined,
    failing: [],
    skipped: [],
    run: undefined,
    error: undefined,
    lag: undefined,
    completesAtOnce: false,
    comparison: 'consistent',
    isolatedAtMs: undefined,
    rateLimits: {},
  };
  jobs.set(job.jobId, job);
  return job;
}

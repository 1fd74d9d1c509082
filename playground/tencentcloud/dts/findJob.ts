import { z } from 'zod';
import type { ActionContext } from '../endpoint/action';
import { type Refusal, refusal } from '../endpoint/refusal';
import { advance } from './advance';
import type { DtsJob, MutableJob } from './dtsJob';
import type { Version } from './jobStatus';

/** The JobId of a request. */
export const jobId = z.string().min(1);

export const onlyJobId = z.strictObject({ JobId: jobId });

/** True if a request of this version and region sees the job. */
export function isSeen(job: DtsJob, version: Version, region: string): boolean {
  return job.region === region && job.knownTo.includes(version);
}

/**
 * The job that a request names, advanced to now. Without `code`, a job that the version or the
 * region does not know is ResourceNotFound.JobNotExist.
 */
export function findJob(
  id: string,
  version: Version,
  { jobs, region, nowMs, rules }: ActionContext,
  code = 'ResourceNotFound.JobNotExist',
): { readonly kind: 'found'; readonly job: MutableJob } | Refusal {
  const job = jobs.get(id);
  if (job === undefined || !isSeen(job, version, region)) {
    return refusal(code, `The job ${id} does not exist.`);
  }
  advance(job, nowMs, rules.pace);
  return { kind: 'found', job };
}

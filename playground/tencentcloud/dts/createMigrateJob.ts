import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { refusal } from '../endpoint/refusal';
import { brokenRule } from './brokenRule';
import { createMigrateJobRequest } from './createMigrateJobRequest';
import { newJobId } from './newJobId';

/** Creates a job in the request's region without starting it. Returns its JobId. */
export const createMigrateJob: Action = (parameters, context) => {
  const parsed = parseParameters(createMigrateJobRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const { nowMs, region, jobs, rules, callIndex } = context;
  const broken = brokenRule(parsed.value, { nowMs, region, dstRegion: rules.dstRegion });
  if (broken !== undefined) return broken;
  const idle = [...jobs.values()].filter((job) => job.run === undefined).length;
  if (idle >= rules.maxUnusedJobs) {
    return refusal('LimitExceeded.MaxUnusedJobs', `${idle} jobs were created but not started.`);
  }
  const jobId = newJobId((candidate) => jobs.has(candidate));
  jobs.set(jobId, {
    jobId,
    region,
    createdAtMs: nowMs,
    callIndex,
    request: parsed.value,
    knownTo: rules.newJobsKnownTo,
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
    isBilled: rules.newJobsAreBilled,
    isolatedAtMs: undefined,
    rateLimits: {},
  });
  return { kind: 'accepted', fields: { JobId: jobId }, jobId };
};

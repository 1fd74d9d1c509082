import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { refusal } from '../endpoint/refusal';
import { brokenRule } from './brokenRule';
import { createMigrateJobRequest } from './createMigrateJobRequest';
import { newJob } from './newJob';

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
  const { jobId } = newJob(jobs, parsed.value, nowMs, {
    region,
    callIndex,
    knownTo: rules.newJobsKnownTo,
    isBilled: rules.newJobsAreBilled,
  });
  return { kind: 'accepted', fields: { JobId: jobId }, jobId };
};

import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
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
  const jobId = newJobId((candidate) => jobs.has(candidate));
  jobs.set(jobId, {
    jobId,
    region,
    createdAtMs: nowMs,
    createTime: utc8Text(nowMs),
    readyAtMs: nowMs + rules.creatingMs,
    callIndex,
    request: parsed.value,
  });
  return { kind: 'accepted', fields: { JobId: jobId }, jobId };
};

/** Formats `ms` since 1970 as Beijing time, `yyyy-mm-dd hh:mm:ss`. */
function utc8Text(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

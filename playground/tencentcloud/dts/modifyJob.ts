import type { ActionContext } from '../endpoint/action';
import type { Refusal } from '../endpoint/refusal';
import { brokenRule } from './brokenRule';
import { conflict } from './conflict';
import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import { become, type MutableJob } from './dtsJob';
import type { Version } from './jobStatus';
import { performAction } from './performAction';

/**
 * Changes a job's parameters to `request`, if its status allows that and the rules of
 * CreateMigrateJob accept them. The job must be checked again before it can start.
 */
export function modifyJob(
  job: MutableJob,
  request: CreateMigrateJobRequest,
  version: Version,
  context: ActionContext,
): Refusal | undefined {
  const { nowMs, region, jobs, plannedFailures, rules } = context;
  const { pace } = rules;
  const allowed = performAction(
    job,
    { action: 'modify' },
    { version, nowMs, pace, jobs, plannedFailures },
  );
  if (allowed.kind === 'refused') return allowed;
  const old = job.request;
  if (request.SrcDatabaseType !== old.SrcDatabaseType) {
    return conflict('SrcDatabaseType', 'the engine of the source cannot change');
  }
  if (request.DstDatabaseType !== old.DstDatabaseType) {
    return conflict('DstDatabaseType', 'the engine of the target cannot change');
  }
  if (request.DstInfo.Region !== old.DstInfo.Region) {
    return conflict('DstInfo.Region', 'the region of the target cannot change');
  }
  const broken = brokenRule(request, { nowMs, region, dstRegion: rules.dstRegion });
  if (broken !== undefined) return broken;
  job.request = request;
  job.check = undefined;
  job.failing = job.failing.filter(({ until }) => until === 'always');
  job.skipped = [];
  job.run = undefined;
  job.error = undefined;
  job.lag = undefined;
  if (job.status !== 'creating') become(job, 'created', nowMs);
  return undefined;
}

import { accepted, type ObservedJob } from '../../domain/job/job';
import {
  changeJobRules,
  type JobLook,
  type OperatedJob,
} from '../../domain/request/operations/changeJob';
import { isPossible, type OperationOnJob } from '../../domain/request/operations/operation';
import type { MigrationRequest } from '../../domain/request/request';
import type { JobChange, JobPlace } from '../../ports/migrationService';
import type { OperationContext, OperationSteps, Preparation } from './operation';

const longestLookMs = 10_000;

/** Carries out an operation on a job that exists, and asks for its status if no response arrives. */
export function changeJobSteps(
  context: OperationContext,
  operation: Exclude<OperationOnJob, { name: 'modify_job' | 'skip_check' }>,
): OperationSteps<ObservedJob, OperatedJob, JobLook> {
  const { clock, service } = context;
  const { name } = operation;
  const change: JobChange = name === 'resume_job' ? { name, option: operation.option } : { name };
  return {
    ...callOnJob(name),
    rules: changeJobRules(operation),
    prepare: (request) => readyJob(context, operation, request),
    async call(request, job, abandon, sending) {
      const place = jobPlace(operation, request);
      const outcome = await service.changeJob(place, change, job, abandon, sending);
      return outcome.kind === 'done'
        ? { kind: 'done', result: { job: accepted(job, name, clock.now()) } }
        : outcome;
    },
    addDetails: async (_request, _job, problem) => problem,
    search: (request, _calledAt, abandon) =>
      service.observeJob(jobPlace(operation, request), abandon),
  };
}

/** The name and the turns of a call about a job that exists. */
export const callOnJob = <Name extends OperationOnJob['name']>(name: Name) => ({
  name,
  claimTurn: `claims:${name}`,
});

export const jobPlace = (
  { from }: OperationOnJob,
  { job, parameters }: MigrationRequest,
): JobPlace => ({
  jobId: from.jobId,
  // An edit may have changed the region of the request.
  region: (from.status === 'discarding' ? from.region : undefined) ?? parameters.DstInfo.Region,
  api: job?.api,
});

/** The job, if it still allows the operation. It may have changed since the person saw it. */
export async function readyJob(
  { clock, jobs, service }: OperationContext,
  operation: OperationOnJob,
  request: MigrationRequest,
): Promise<Preparation<ObservedJob>> {
  const place = jobPlace(operation, request);
  const look = await service.observeJob(place, AbortSignal.timeout(longestLookMs));
  const judge = async (job: ObservedJob): Promise<Preparation<ObservedJob>> => {
    if (isPossible(operation, job)) return { ok: true, prepared: job, before: job };
    await jobs.lookAt(request.id, clock.now());
    const { said, status } = job;
    return { ok: false, problem: { kind: 'job_not_ready', status, said } };
  };
  const { job } = request;
  if (look.kind === 'failed') {
    return job === undefined ? { ok: false, problem: look.problem } : judge(job);
  }
  // One response that DTS doesn't know the job may be wrong. If it is right, DTS refuses the call.
  return judge(look.job.status === 'deleted' ? (job ?? look.job) : look.job);
}

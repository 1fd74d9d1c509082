import { accepted, allowedOn, type ObservedJob } from '../../domain/job/job';
import {
  changeJobRules,
  type JobLook,
  type OperatedJob,
} from '../../domain/request/operations/changeJob';
import type { OperationOnJob } from '../../domain/request/operations/operation';
import type { MigrationRequest } from '../../domain/request/request';
import type { JobChange, JobPlace } from '../../ports/migrationService';
import type { OperationContext, OperationSteps } from './operation';

const longestLookMs = 10_000;

/** Carries out an operation on a job that exists, and asks for its status if no response arrives. */
export function changeJob(
  { clock, jobs, service, timeoutMs }: OperationContext,
  operation: OperationOnJob,
): OperationSteps<ObservedJob, OperatedJob, JobLook> {
  const { name } = operation;
  const change: JobChange = name === 'resume_job' ? { name, option: operation.option } : { name };
  const placeOf = ({ job, parameters }: MigrationRequest): JobPlace => ({
    jobId: operation.from.jobId,
    region: parameters.DstInfo.Region,
    api: job?.api,
  });
  return {
    name,
    rules: changeJobRules(operation),
    claimTurn: `claims:${name}`,
    mostAttempts: 5,
    firstRetryMs: 2_000,
    callTimeoutMs: timeoutMs,
    searchTimeoutMs: 30_000,
    /** The job may have changed since the person saw it. */
    async prepare(request) {
      const look = await service.observeJob(placeOf(request), AbortSignal.timeout(longestLookMs));
      const job = look.kind === 'seen' ? look.job : request.job;
      if (job === undefined) {
        return look.kind === 'failed'
          ? { ok: false, problem: look.problem }
          : { ok: false, problem: { kind: 'no_effect' } };
      }
      if (allowedOn(job).includes(name)) return { ok: true, prepared: job };
      await jobs.lookAt(request.id, clock.now());
      const { said, status } = job;
      return { ok: false, problem: { kind: 'job_not_ready', status, said } };
    },
    async call(request, job, abandon, maySend) {
      const outcome = await service.changeJob(placeOf(request), change, job, abandon, maySend);
      return outcome.kind === 'done'
        ? { kind: 'done', result: { job: accepted(job, name, clock.now()) } }
        : outcome;
    },
    addDetails: async (_request, _job, problem) => problem,
    search: (request, _calledAt, abandon) => service.observeJob(placeOf(request), abandon),
  };
}

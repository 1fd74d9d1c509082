import { accepted, type ObservedJob } from '../../domain/job/job';
import { compareSettings } from '../../domain/migration/jobSettings';
import type { OperatedJob } from '../../domain/request/operations/changeJob';
import { type ModificationLook, modifyJobRules } from '../../domain/request/operations/modifyJob';
import type { OperationNamed } from '../../domain/request/operations/operation';
import type { SecretValues } from '../../ports/secretReader';
import { callOnJob, jobPlace, readyJob } from './changeJob';
import { openSecrets } from './openSecrets';
import type { OperationContext, OperationSteps } from './operation';

interface Prepared {
  job: ObservedJob;
  secrets: SecretValues;
}

/** Changes the parameters of a job, and reads the job if no response arrives. */
export function modifyJobSteps(
  context: OperationContext,
  operation: OperationNamed['modify_job'],
): OperationSteps<Prepared, OperatedJob, ModificationLook> {
  const { clock, service } = context;
  const { name } = operation;
  return {
    ...callOnJob(name),
    rules: modifyJobRules(operation),
    async prepare(request) {
      const ready = await readyJob(context, operation, request);
      if (!ready.ok) return ready;
      const opened = await openSecrets(context, request);
      if (!opened.ok) return opened;
      return { ...ready, prepared: { job: ready.prepared, secrets: opened.secrets } };
    },
    async call(request, { job, secrets }, abandon, sending) {
      const place = { ...jobPlace(operation, request), api: job.api };
      const outcome = await service.modifyJob(place, request.parameters, secrets, abandon, sending);
      return outcome.kind === 'done'
        ? { kind: 'done', result: { job: accepted(job, name, clock.now()) } }
        : outcome;
    },
    addDetails: async (_request, _prepared, problem) => problem,
    async search(request, _calledAt, abandon) {
      const look = await service.observeJob(jobPlace(operation, request), abandon);
      if (look.kind === 'failed') return look;
      const { parameters } = request;
      const shows = compareSettings(operation.previous.parameters, parameters, look.settings);
      return { ...look, shows };
    },
  };
}

import { type ObservedJob, skippable, withSkipped } from '../../domain/job/job';
import type { JobLook, OperatedJob } from '../../domain/request/operations/changeJob';
import type { OperationNamed } from '../../domain/request/operations/operation';
import { skipCheckRules } from '../../domain/request/operations/skipCheck';
import { callOnJob, jobPlace, readyJob } from './changeJob';
import type { OperationContext, OperationSteps } from './operation';

/** Lets DTS skip items of a failed check, and reads the check if no response arrives. */
export function skipCheckSteps(
  context: OperationContext,
  operation: OperationNamed['skip_check'],
): OperationSteps<ObservedJob, OperatedJob, JobLook> {
  const { clock, jobs, service } = context;
  const { name, skips } = operation;
  return {
    ...callOnJob(name),
    rules: skipCheckRules(operation),
    async prepare(request) {
      const ready = await readyJob(context, operation, request);
      if (!ready.ok) return ready;
      const possible = skippable(ready.prepared);
      const arePossible = skips.items.every(({ id }) => possible.some((item) => item.id === id));
      if (arePossible) return ready;
      await jobs.lookAt(request.id, clock.now());
      return { ok: false, problem: { kind: 'check_changed' } };
    },
    async call(request, job, abandon, sending) {
      const place = jobPlace(operation, request);
      const outcome = await service.changeJob(place, { name, skips }, job, abandon, sending);
      return outcome.kind === 'done'
        ? { kind: 'done', result: { job: withSkipped(job, skips) } }
        : outcome;
    },
    addDetails: async (_request, _job, problem) => problem,
    search: (request, _calledAt, abandon) =>
      service.observeJob(jobPlace(operation, request), abandon),
  };
}

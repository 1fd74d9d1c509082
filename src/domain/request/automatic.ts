import { allowedOn, type JobStatus } from '../job/job';
import type { AutomaticOperation, Rule } from '../policy/policy';
import { canonicalJson } from '../text/canonicalJson';
import type { Transition } from './change';
import type { Operation, OperationOnJob } from './operations/operation';
import type { MigrationRequest, RequestState } from './request';
import type { RequestEvent } from './requestEvent';

/** The statuses of a job in which the policy can decide for an operation. */
const occasions: Readonly<Record<AutomaticOperation, readonly JobStatus[]>> = {
  check_job: ['creating', 'created'],
  start_job: ['check_passed'],
};

type Automated = Pick<MigrationRequest, 'altered' | 'job' | 'rule' | 'state'>;

/**
 * The operation that the request's rule makes automatic now, unless the policy decided for it before
 * while the job had the same status. Today's rule has to allow it, too (`isStillAutomatic`). Pure.
 */
export function automaticOperation(
  { altered, job, rule, state }: Automated,
  events: readonly RequestEvent[],
): (OperationOnJob & { name: AutomaticOperation }) | undefined {
  if (job === undefined || state.status !== 'created' || altered.length > 0) return undefined;
  const name = rule.automatic?.find(
    (each) => occasions[each].includes(job.status) && allowedOn(job).includes(each),
  );
  // People approved the request under another rule than the one that was copied since then.
  const created = events.findLast(({ payload }) => payload.type === 'created')?.seq ?? 0;
  if (events.some(({ payload, seq }) => payload.type === 'rule_changed' && seq > created)) {
    return undefined;
  }
  const isDecided = events.some(
    ({ at, payload }) =>
      payload.type === 'automatic' && payload.operation === name && at >= job.since,
  );
  return name === undefined || isDecided ? undefined : { name, from: state, before: job.status };
}

/** True if a rule can have decided for an operation without a person. */
export const isStillAutomatic = (agreed: Rule, today: Rule, { name }: Operation): boolean =>
  canonicalJson(agreed) === canonicalJson(today) &&
  (today.automatic ?? []).some((each) => each === name);

/** The policy decides for an operation, as people do by their approvals. */
export const decideByPolicy = (
  { name: rule }: Rule,
  operation: OperationOnJob & { name: AutomaticOperation },
): Transition => ({
  state: {
    status: 'approved',
    operation,
    approvals: [],
    attempts: operation.from.attempts ?? 0,
  },
  event: { type: 'automatic', operation: operation.name, rule },
});

/** True if the policy decided for the operation that is due, not people. */
export const isByPolicy = (state: RequestState): boolean =>
  state.status === 'approved' && state.approvals.length === 0;

import { allowedOn, isIdle, type JobStatus } from '../job/job';
import type { AutomaticOperation, Rule } from '../policy/policy';
import { canonicalJson } from '../text/canonicalJson';
import type { Transition } from './change';
import type { OperationOnJob } from './operations/operation';
import type { MigrationRequest, RequestState } from './request';
import type { RequestEvent } from './requestEvent';
import { passedStart } from './startTime';

/** An operation for which the policy can decide. */
type Automatic = OperationOnJob & { name: AutomaticOperation | 'delete_job' };

type Automated = Pick<MigrationRequest, 'altered' | 'job' | 'rule' | 'state'>;

/** What people agreed to: the rule, and when the job starts. */
type Agreed = Pick<MigrationRequest, 'job' | 'parameters' | 'rule'>;

/**
 * The operation that the request's rule decides on now, unless that was already decided while the job
 * had the same status. `agreedDecision` compares the rules. Pure.
 */
export function automaticOperation(
  { altered, job, rule, state }: Automated,
  events: readonly RequestEvent[],
): Automatic | undefined {
  if (job === undefined || altered.length > 0) return undefined;
  const from = baseOf(state);
  const name = from && candidates(rule, from).find((each) => isOccasion(each, job.status));
  if (from === undefined || name === undefined || !allowedOn(job).includes(name)) return undefined;
  const isDecided = events.some(
    ({ at, payload }) =>
      (payload.type === 'automatic' || payload.type === 'not_automatic') &&
      payload.operation === name &&
      at >= job.since,
  );
  if (isDecided) return undefined;
  const common = { from, before: job.status };
  // Someone may start the job in the console before the call.
  return name === 'delete_job' ? { name, ...common, onlyIdle: true } : { name, ...common };
}

const baseOf = (state: RequestState): OperationOnJob['from'] | undefined =>
  state.status === 'created' || state.status === 'prepared' || state.status === 'discarding'
    ? state
    : undefined;

/** The operations for which a rule decides, apart from the job's status. */
function candidates(
  { approve, automatic = [] }: Rule,
  { status }: OperationOnJob['from'],
): readonly Automatic['name'][] {
  switch (status) {
    case 'created':
      return automatic;
    case 'prepared':
      // Approvers see the result before they decide on the start.
      return approve === 'before_start' ? ['check_job'] : [];
    case 'discarding':
      return ['delete_job'];
    default:
      return status satisfies never;
  }
}

/** True if a job with this status triggers an operation. */
function isOccasion(name: Automatic['name'], status: JobStatus): boolean {
  switch (name) {
    case 'check_job':
      return status === 'creating' || status === 'created';
    case 'start_job':
      return status === 'check_passed';
    case 'delete_job':
      // A job that someone started in the console may be needed.
      return isIdle({ status });
    default:
      return name satisfies never;
  }
}

/** True if people approved the request under a different rule from the one that was copied since then. */
function isUnderOtherRule(events: readonly RequestEvent[]): boolean {
  const last = events.findLast(
    ({ payload: { type } }) => type === 'created' || type === 'rule_changed',
  );
  return last?.payload.type === 'rule_changed';
}

/** Leaves an operation to people if the policy doesn't decide on it, or not anymore. */
export function leftToPeople(
  request: Agreed,
  today: Rule,
  operation: OperationOnJob,
  now: Date,
): Transition | undefined {
  if (!isStillAutomatic(request.rule, today, operation)) return notAutomatic(operation);
  // The job would start at a time that nobody chose.
  const missed = operation.name === 'start_job' ? passedStart(request, now) : undefined;
  return missed === undefined ? undefined : notAutomatic(operation, missed);
}

/** True if a rule can have decided on an operation without a person. */
function isStillAutomatic(agreed: Rule, today: Rule, { from, name }: OperationOnJob): boolean {
  // The person who declined or edited the request decided on the deletion.
  if (from.status === 'discarding') return name === 'delete_job';
  // Nobody has agreed to a rule before the approval of the start.
  const isAgreed = from.status === 'prepared' || canonicalJson(agreed) === canonicalJson(today);
  return isAgreed && candidates(today, from).some((each) => each === name);
}

/**
 * The policy's decision on an operation, if it is the one that people agreed to; otherwise people
 * decide. Pure.
 */
export function agreedDecision(
  request: Agreed,
  today: Rule,
  operation: Automatic,
  events: readonly RequestEvent[],
  now: Date,
): Transition {
  const isOtherRule = operation.from.status === 'created' && isUnderOtherRule(events);
  if (isOtherRule) return notAutomatic(operation);
  return leftToPeople(request, today, operation, now) ?? decideByPolicy(today, operation);
}

/** The policy decides on an operation, as people do by their approvals. */
const decideByPolicy = ({ name: rule }: Rule, operation: Automatic): Transition => ({
  state: {
    status: 'approved',
    operation,
    approvals: [],
    attempts: operation.from.attempts ?? 0,
  },
  event: { type: 'automatic', operation: operation.name, rule },
});

/**
 * The policy no longer decides on an operation, so people do. `missed`: the start time that has
 * passed.
 */
const notAutomatic = ({ from, name }: OperationOnJob, missed?: Date): Transition => ({
  state: from,
  event: {
    type: 'not_automatic',
    operation: name,
    ...(missed === undefined ? {} : { missed }),
  },
});

/** True if the policy decided on the operation that is due, not people. */
export const isByPolicy = (state: RequestState): boolean =>
  state.status === 'approved' && state.approvals.length === 0;

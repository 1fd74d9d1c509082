import { operationIn } from './operationIn';
import { isOfRequest } from './operations/operation';
import type { Refusal } from './refusal';
import { type MigrationRequest, waitingSince } from './request';
import { isStarted } from './startApproval';

type Timed = Pick<MigrationRequest, 'askedAt' | 'job' | 'parameters' | 'state'>;

/**
 * The start time that has passed, as the request has it or as DTS shows it, if there is one. DTS could start
 * the job at once.
 */
export const passedStart = (
  { job, parameters }: Pick<Timed, 'job' | 'parameters'>,
  now: Date,
): Date | undefined =>
  [parameters.MigrateOption.ExpectTime, job?.runsAt].find((at) => at !== undefined && at <= now);

/**
 * True if the start time has passed since people decided, or since they could decide. The job could
 * start at a time that nobody chose. A time that had passed before is a risk that the requester
 * accepted and that the card shows; the policy never starts a job after it.
 */
export function hasMissedStart(request: Timed, now: Date): boolean {
  if (isStartByPolicy(request.state)) return passedStart(request, now) !== undefined;
  const { ExpectTime } = request.parameters.MigrateOption;
  if (ExpectTime === undefined || ExpectTime > now || !dependsOnStart(request)) return false;
  const known = knownSince(request);
  return known !== undefined && ExpectTime > known;
}

/** Why people can't approve the request or try it again now, if its start time has passed. */
export function refusalOfStartTime(request: Timed, now: Date): Refusal | undefined {
  const { ExpectTime: at } = request.parameters.MigrateOption;
  if (at === undefined || !hasMissedStart(request, now)) return undefined;
  return { code: 'start_time_passed', at };
}

const isStartByPolicy = (state: Timed['state']): boolean =>
  state.status === 'approved' &&
  state.operation.name === 'start_job' &&
  state.approvals.length === 0;

/** An operation on a job, apart from its start and a change, doesn't depend on the start time. */
function dependsOnStart({ job, state }: Timed): boolean {
  if (job !== undefined && isStarted(job)) return false;
  const operation = operationIn(state);
  if (isOfRequest(operation) || operation.name === 'modify_job') return true;
  // Each person who presses Start decides at that moment, but the call may have to wait.
  return operation.name === 'start_job' && state.status === 'approved';
}

/** When people last saw the request: when it began to wait for them, or at the last approval. */
function knownSince(request: Timed): Date | undefined {
  const { state } = request;
  switch (state.status) {
    case 'pending':
    case 'prepared':
      return waitingSince(request);
    case 'approved':
    case 'failed': {
      const approvals = state.approvals.map(({ at }) => at.getTime());
      return approvals.length === 0 ? undefined : new Date(Math.max(...approvals));
    }
    default:
      return undefined;
  }
}

import { operationIn } from './operationIn';
import { isOfRequest } from './operations/operation';
import type { Refusal } from './refusal';
import { type MigrationRequest, waitingSince } from './request';
import { isStarted } from './startApproval';

type Timed = Pick<MigrationRequest, 'askedAt' | 'job' | 'parameters' | 'state'>;

/**
 * True if the start time has passed since people decided, or since they could decide. The job could
 * start at a time that nobody chose. A time that had passed before is a risk that the requester
 * accepted and that the card shows.
 */
export function hasMissedStart(request: Timed, now: Date): boolean {
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

/** An operation on a job, apart from its start and a change, doesn't depend on the start time. */
function dependsOnStart({ job, state }: Timed): boolean {
  if (job !== undefined && isStarted(job)) return false;
  const operation = operationIn(state);
  return isOfRequest(operation) || operation.name === 'modify_job';
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

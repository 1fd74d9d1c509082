import { isOfRequest } from './operations/operation';
import type { Refusal } from './refusal';
import { type MigrationRequest, waitingSince } from './request';
import { isStarted } from './startApproval';

type Timed = Pick<MigrationRequest, 'askedAt' | 'job' | 'parameters' | 'state'>;

/**
 * Why people can't approve the request or try it again: its start time has passed since it began to
 * wait, and the job could start at a time that nobody chose. A time that had passed before is a
 * risk that the requester accepted and that the card shows.
 */
export function refusalOfStartTime(request: Timed, now: Date): Refusal | undefined {
  const { ExpectTime: at } = request.parameters.MigrateOption;
  if (at === undefined || at > now || at <= waitingSince(request)) return undefined;
  return awaitsStart(request) ? { code: 'start_time_passed', at } : undefined;
}

/** True if the start time counts once people have decided. */
function awaitsStart({ job, state }: Timed): boolean {
  switch (state.status) {
    case 'pending':
      // Another operation on the job doesn't depend on the start time.
      return isOfRequest(state.operation) || state.operation.name === 'modify_job';
    case 'prepared':
      return job === undefined || !isStarted(job);
    default:
      return state.status === 'failed';
  }
}

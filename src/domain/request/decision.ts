import type { Transition } from './change';
import type { Intent } from './intent';
import { operationIn } from './operationIn';
import type { Refusal } from './refusal';
import type { MigrationRequest, RequestState } from './request';

export type Decision = ({ ok: true } & Transition) | { ok: false; refusal: Refusal };

export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

export function refuseOtherRevision(
  { revision: current }: MigrationRequest,
  { revision: seen }: Intent,
): Decision | undefined {
  return seen === current ? undefined : refuse({ code: 'other_revision', seen, current });
}

export const refuseBusy = (state: RequestState): Decision => refuse(refusalOfBusy(state));

export function refusalOfBusy(state: RequestState): Refusal {
  if (state.status === 'prepared') return { code: 'job_busy', operation: 'start_job' };
  if (state.status === 'discarding') return { code: 'job_busy', operation: 'delete_job' };
  const { name } = operationIn(state);
  return name === 'create_job' ? { code: 'no_job_yet' } : { code: 'job_busy', operation: name };
}

import { creation, type Operation } from './operations/operation';
import type { RequestState } from './request';

/** The operation that a request waits for or that is under way; if there is none, the creation. */
export function operationIn(state: RequestState): Operation {
  switch (state.status) {
    case 'pending':
    case 'approved':
    case 'launching':
    case 'reconciling':
    case 'unconfirmed':
      return state.operation;
    case 'created':
    case 'prepared':
    case 'discarding':
    case 'failed':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return creation;
    default:
      return state satisfies never;
  }
}

import type { Transition } from '../domain/request/change';
import { keepTime } from '../domain/request/keepTime';
import { giveUp } from '../domain/request/operations/lifeCycle';
import type { MigrationRequest } from '../domain/request/request';
import { commit, recordIf } from './commit';
import type { IsHeld, OperationContext } from './operations/operation';
import { operationFor } from './operations/operations';

export type ProceedContext = OperationContext;

/**
 * Does what is due for a request: sends reminders or expires it while it waits for a decision,
 * performs its operation once approved, gives up an interrupted call, or searches for the effect of
 * a call without a response. Resolves to the earliest useful time for a retry, if one is known.
 */
export async function proceed(
  context: ProceedContext,
  id: number,
  isHeld: IsHeld,
): Promise<Date | undefined> {
  const request = await context.store.find(id);
  if (request === undefined) return undefined;
  const record = async (
    step: (request: MigrationRequest, now: Date) => Transition | undefined,
  ): Promise<undefined> => {
    await commit(context, request, (current, now) => recordIf(step(current, now)));
  };
  const { state } = request;
  switch (state.status) {
    case 'pending':
    case 'prepared':
    case 'unconfirmed':
      return record(keepTime);
    case 'approved':
      return operationFor(context, state.operation).perform(request, isHeld);
    case 'launching':
      return record((current, now) => giveUp(current.state, now, context.settleMs));
    case 'reconciling':
      await operationFor(context, state.operation).reconcile(request, state.calledAt);
      return undefined;
    case 'created':
    case 'discarding':
    case 'failed':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return undefined;
    default:
      return state satisfies never;
  }
}

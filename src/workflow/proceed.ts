import { advance, type Step } from '../domain/request/advance';
import { commit, recordIf } from './commit';
import { type IsHeld, type LaunchContext, launch } from './launch';
import { lookForJob, type ReconcileContext } from './reconcile';

export type ProceedContext = LaunchContext & ReconcileContext;

/**
 * Does what is due for a request: reminds of it or ends it while it waits for a decision, launches it
 * once it is approved, gives up a call that was interrupted, or looks for the job of a call without a
 * response. Resolves to when it makes sense to try again, if that is known.
 */
export async function proceed(
  context: ProceedContext,
  id: number,
  isHeld: IsHeld,
): Promise<Date | undefined> {
  const request = await context.store.find(id);
  const take = async (step: Step): Promise<undefined> => {
    await commit(context, id, (current, now) =>
      recordIf(advance(current, step, now, context.settleMs)),
    );
  };
  if (request === undefined) return undefined;
  const { state } = request;
  switch (state.status) {
    case 'pending':
      return take({ type: 'keep_time' });
    case 'approved':
      return launch(context, request, isHeld);
    case 'launching':
      return take({ type: 'give_up' });
    case 'reconciling':
      await lookForJob(context, request, state.calledAt);
      return undefined;
    case 'unconfirmed':
    case 'created':
    case 'failed':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return undefined;
    default:
      return state satisfies never;
  }
}

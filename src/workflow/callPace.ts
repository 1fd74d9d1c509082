import type { Clock, Log, RequestStore } from './ports';
import { createTurns } from './turns';

export interface CallPaceContext {
  clock: Clock;
  log: Log;
  store: Pick<RequestStore, 'tryTurn'>;
  /** The API's limit for each action. */
  callsPerSecond: number;
}

/**
 * The time between two calls, in ms: a fifth more than the limit allows. So any second has no call too
 * many as long as calls arrive within 250 ms of their turns; the two numbers below use up half of it.
 */
export const callSpacingMs = (callsPerSecond: number): number => 1_250 / callsPerSecond;

/** A turn that was answered later than this after it was taken is given up: others are near by then. */
const staleMs = 100;
/** A turn may be taken this much late without delaying those after it. */
const lateMs = 25;

const storeRetryMs = 1_000;

/**
 * Paces calls by action, for all processes together. It resolves when the call may be sent at once;
 * rejects when `gone` aborts before, or when `maySend` says no. The store's failures are waited out.
 */
export function createCallPace({ callsPerSecond, clock, log, store }: CallPaceContext) {
  // One call of this process at a time waits at the store; the others wait here, in order.
  const turns = createTurns<string>();
  const spacingMs = callSpacingMs(callsPerSecond);
  const pace = { spacingMs, burst: lateMs / spacingMs };

  const passes = async (
    action: string,
    gone: AbortSignal,
    maySend: () => Promise<boolean>,
  ): Promise<'now' | 'not_yet' | 'never'> => {
    if (!(await maySend())) return 'never';
    const asked = clock.now().getTime();
    const turn = await store.tryTurn(`dts:${action}`, new Date(asked), pace);
    if (!turn.taken) await clock.sleepUntil(turn.freeAt, gone);
    const isStale = clock.now().getTime() - asked > staleMs;
    return turn.taken && !isStale ? 'now' : 'not_yet';
  };

  return (action: string, gone: AbortSignal, maySend: () => Promise<boolean>): Promise<void> =>
    turns(action, async () => {
      while (!gone.aborted) {
        const passed = await passes(action, gone, maySend).catch(async (error: unknown) => {
          log.error('the turn of a call could not be taken', { action, error });
          await clock.sleepUntil(new Date(clock.now().getTime() + storeRetryMs), gone);
          return 'not_yet';
        });
        if (passed === 'now') return;
        if (passed === 'never') throw new Error('the call came too late to be sent');
      }
      throw new Error('Ferry gave up waiting for its turn to call');
    });
}

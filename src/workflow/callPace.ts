import { after } from '../domain/time/offset';
import type { CallPace } from '../ports/callPace';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { RateLimits } from '../ports/rateLimits';
import { createKeyedQueue } from './keyedQueue';

export interface CallPaceContext {
  clock: Clock;
  log: Log;
  rateLimits: Pick<RateLimits, 'tryTurn'>;
  /** The API's limit for each action. */
  callsPerSecond: number;
}

/**
 * The time between two calls, in ms: 25% more than the limit requires. No second has too many calls
 * as long as calls arrive within 250 ms of their turns. The two constants below use up half of
 * that.
 */
export const callSpacingMs = (callsPerSecond: number): number => 1_250 / callsPerSecond;

/**
 * A turn that arrives later than this is given up, because other calls are close by then. In ms.
 */
const staleMs = 100;
/** A turn may be used this late without delaying the next ones. In ms. */
const lateMs = 25;

const storeRetryMs = 1_000;

/** Paces the calls of all processes together. While the store fails, calls wait. */
export function createCallPace({
  callsPerSecond,
  clock,
  log,
  rateLimits,
}: CallPaceContext): CallPace {
  // Only one call of this process waits for the database at a time. The others wait here, in order.
  const turns = createKeyedQueue<string>();
  const spacingMs = callSpacingMs(callsPerSecond);
  const pace = { spacingMs, burst: lateMs / spacingMs };

  const passes = async (
    action: string,
    gone: AbortSignal,
    mayBegin: () => Promise<boolean>,
  ): Promise<'now' | 'not_yet' | 'never'> => {
    if (!(await mayBegin())) return 'never';
    const asked = clock.now().getTime();
    const turn = await rateLimits.tryTurn(`dts:${action}`, new Date(asked), pace);
    if (!turn.ok) await clock.sleepUntil(turn.freeAt, gone);
    const isStale = clock.now().getTime() - asked > staleMs;
    return turn.ok && !isStale ? 'now' : 'not_yet';
  };

  return (action, gone, mayBegin) =>
    turns(action, async () => {
      while (!gone.aborted) {
        const passed = await passes(action, gone, mayBegin).catch(async (error: unknown) => {
          log.error('the rate limit of a call could not be checked', { action, error });
          await clock.sleepUntil(after(clock.now(), storeRetryMs), gone);
          return 'not_yet';
        });
        if (passed === 'now') return;
        if (passed === 'never') throw new Error('the call came too late to be sent');
      }
      throw new Error('Ferry gave up waiting for its turn to call');
    });
}

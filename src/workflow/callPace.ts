import { after } from '../domain/time/offset';
import type { CallPace, EndCall } from '../ports/callPace';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { RateLimits, Slot } from '../ports/rateLimits';
import { createKeyedQueue } from './keyedQueue';

export interface CallPaceContext {
  clock: Clock;
  log: Log;
  rateLimits: Pick<RateLimits, 'freeSlot' | 'trySlot'>;
  /** The API's limit for each action. */
  callsPerSecond: number;
  /** Every call is abandoned after this time at the latest, and its connection is closed. In ms. */
  longestCallMs: number;
}

/**
 * A slot is free again this long after its call ended. In ms: a second, and 1 ms because clocks
 * drop fractions.
 */
const restMs = 1_001;
/** How much time may pass between the slot and the first byte. In ms. */
const longestStartMs = 15_000;

const storeRetryMs = 1_000;

/**
 * Keeps the limit of calls for all processes together. Each action has as many slots as the API
 * allows calls per second. A call holds a slot from before its first byte until its response has
 * arrived, and the slot then rests for a second. So DTS gets two calls of one slot at least a second
 * apart, however long anything takes, and no second has more calls than there are slots.
 *
 * This assumes that no clock is set forward, that the clocks of the processes differ by less than a
 * call takes, that a process doesn't pause for long between its last check and the first byte, and
 * that a call whose connection was closed arrives within a second or never.
 *
 * While the store fails, calls wait.
 *
 * `idle` ends the pace. It resolves when every ended call has stored when its slot is free, or can't
 * store it now. Otherwise, the next start might wait for these slots.
 */
export function createCallPace({
  callsPerSecond,
  clock,
  log,
  longestCallMs,
  rateLimits,
}: CallPaceContext): {
  pace: CallPace;
  idle(): Promise<void>;
} {
  // Only one call of this process waits for the database at a time. The others wait here, in order.
  const queue = createKeyedQueue<string>();
  // If a process dies, its slots are free again after this time.
  const holdMs = longestStartMs + longestCallMs + restMs;
  const slots = { count: callsPerSecond, holdMs };
  const freeing = new Set<Promise<void>>();
  const ending = new AbortController();

  /** Retries every second until the slot's hold has ended. */
  const storeFree = async (slot: Slot, at: Date): Promise<void> => {
    for (let failures = 0; clock.now() < slot.heldUntil; failures += 1) {
      try {
        return await rateLimits.freeSlot(slot, at);
      } catch (error) {
        if (failures === 0) {
          log.warn('the slot of a call could not be freed', { slot: slot.name, error });
        }
        if (ending.signal.aborted) return;
        await clock.sleepUntil(after(clock.now(), storeRetryMs), ending.signal);
      }
    }
  };

  /** The call never waits for this. */
  const free = (slot: Slot, at: Date): void => {
    const freed = storeFree(slot, at).finally(() => freeing.delete(freed));
    freeing.add(freed);
  };

  /** Takes a slot, or waits until one may be free. */
  const take = async (action: string, gone: AbortSignal): Promise<Slot | undefined> => {
    const now = clock.now();
    const attempt = await rateLimits.trySlot(`dts:${action}`, now, slots);
    if (attempt.ok) return attempt.slot;
    // A slot whose call is under way is not free before it has rested.
    const untilMs = Math.min(attempt.freeAt.getTime(), now.getTime() + restMs);
    await clock.sleepUntil(new Date(untilMs), gone);
    return undefined;
  };

  /** A call that begins later could outlast its slot. */
  const isFresh = ({ heldUntil }: Slot): boolean =>
    after(clock.now(), longestCallMs + restMs) <= heldUntil;

  const tryToBegin = async (
    action: string,
    gone: AbortSignal,
    mayBegin: () => Promise<boolean>,
  ): Promise<EndCall | 'not_yet' | 'never'> => {
    const slot = await take(action, gone);
    if (slot === undefined) return 'not_yet';
    let begins = false;
    try {
      if (gone.aborted) return 'not_yet';
      if (!(await mayBegin())) return 'never';
      begins = !gone.aborted && isFresh(slot);
      return begins ? () => free(slot, after(clock.now(), restMs)) : 'not_yet';
    } finally {
      if (!begins) free(slot, clock.now());
    }
  };

  const pace: CallPace = (action, gone, mayBegin) =>
    queue(action, async () => {
      while (!gone.aborted) {
        const begun = await tryToBegin(action, gone, mayBegin).catch(async (error: unknown) => {
          log.error('the rate limit of a call could not be checked', { action, error });
          await clock.sleepUntil(after(clock.now(), storeRetryMs), gone);
          return 'not_yet' as const;
        });
        if (begun === 'never') throw new Error('the call came too late to be sent');
        if (begun !== 'not_yet') return begun;
      }
      throw new Error('Ferry gave up waiting for its turn to call');
    });

  return {
    pace,
    async idle() {
      ending.abort('the process stops');
      await Promise.all(freeing);
    },
  };
}

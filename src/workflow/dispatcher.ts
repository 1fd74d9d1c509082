import { backoffMs } from '../domain/time/backoff';
import { after } from '../domain/time/offset';
import type { Clock } from '../ports/clock';
import type { Due } from '../ports/due';
import type { Leases } from '../ports/leases';
import type { Log } from '../ports/log';
import { retryAfterMs } from './retryAfter';

export interface DispatcherOptions {
  name: string;
  clock: Clock;
  log: Log;
  /**
   * The IDs with work at `now`, except those in `except`. Called after every wake, and at the time
   * that it returns.
   */
  due(now: Date, except: readonly number[]): Promise<Due>;
  /**
   * Works on an ID. A rejection is logged and retried after a growing delay. The result is the
   * earliest time for a retry, if one is known. `isHeld` resolves to true if only this process
   * works on the ID now and for most of a lease's time from now on.
   */
  process(id: number, isHeld: () => Promise<boolean>): Promise<Date | undefined>;
  concurrency: number;
  leases: Leases;
  /** If a process doesn't renew its lease for this long, another process takes over. */
  leaseMs?: number;
}

/** Works on everything that is due, never on one ID twice at the same time. */
export interface Dispatcher {
  wake(): void;
  /** Starts nothing more, and resolves when all work has ended. */
  stop(): Promise<void>;
}

const usualLeaseMs = 30_000;

/** Work from this process starts immediately. This interval finds what other processes left. */
const longestSleepMs = 5_000;
const backoff = { firstMs: 1_000, mostMs: 60_000 };
const busyElsewhereMs = 1_000;

/** If work leaves an ID due this often in a row, it slows down, because the row must be faulty. */
const mostInARow = 200;
const inARowMs = 1_000;

export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { name, clock, log, concurrency, leases, leaseMs = usualLeaseMs } = options;
  const inFlight = new Map<number, Promise<void>>();
  const failures = new Map<number, { count: number; until: Date }>();
  const inARow = new Map<number, number>();
  let stopping = false;
  let wakeUp = new AbortController();

  const wake = () => wakeUp.abort('work');

  const leaseEnd = () => after(clock.now(), leaseMs);

  /** Works on a request under its lease, or skips it if another process holds the lease. */
  const processAlone = async (id: number): Promise<void> => {
    if (!(await leases.take(id, clock.now(), leaseEnd()))) {
      failures.set(id, { count: 0, until: after(clock.now(), busyElsewhereMs) });
      return;
    }
    const isHeld = () => leases.renew(id, leaseEnd());
    const done = new AbortController();
    const renewing = (async () => {
      while (!done.signal.aborted) {
        await clock.sleepUntil(after(clock.now(), leaseMs / 3), done.signal);
        if (!done.signal.aborted) await isHeld().catch(() => {});
      }
    })();
    try {
      const until = await options.process(id, isHeld);
      const again = until ?? slowDown(id);
      if (again === undefined) failures.delete(id);
      else failures.set(id, { count: 0, until: again });
    } finally {
      done.abort('done');
      await renewing;
      await leases.release(id).catch(() => {});
    }
  };

  /** Returns when to continue with an ID that was due too often in a row. */
  const slowDown = (id: number): Date | undefined => {
    const count = (inARow.get(id) ?? 0) + 1;
    inARow.set(id, count);
    if (count < mostInARow) return undefined;
    if (count === mostInARow) log.warn('work keeps becoming due', { worker: name, request: id });
    return after(clock.now(), inARowMs);
  };

  const start = (id: number): void => {
    const work = processAlone(id)
      .catch((error: unknown) => {
        const count = (failures.get(id)?.count ?? 0) + 1;
        const delayMs = Math.max(backoffMs(backoff, count), retryAfterMs(error));
        failures.set(id, { count, until: after(clock.now(), delayMs) });
        log.error('work failed', {
          worker: name,
          request: id,
          failures: count,
          retryInMs: delayMs,
          error,
        });
      })
      .finally(() => {
        inFlight.delete(id);
        wake();
      });
    inFlight.set(id, work);
  };

  const round = async (): Promise<Date> => {
    const now = clock.now();
    const waiting = [...failures].filter(([, { until }]) => until > now);
    const { ids, next } = await options.due(now, [
      ...inFlight.keys(),
      ...waiting.map(([id]) => id),
    ]);
    // Another process did the work that is no longer due.
    for (const [id, { until }] of failures) {
      if (until <= now && !ids.includes(id) && !inFlight.has(id)) failures.delete(id);
    }
    for (const id of inARow.keys()) {
      const isDue = ids.includes(id) || inFlight.has(id) || failures.has(id);
      if (!isDue) inARow.delete(id);
    }
    for (const id of ids.filter((candidate) => !inFlight.has(candidate))) {
      if (stopping || inFlight.size >= concurrency) break;
      start(id);
    }
    const waits = waiting.map(([, { until }]) => until.getTime());
    const soonest = Math.min(...waits, next?.getTime() ?? Number.POSITIVE_INFINITY);
    const latest = now.getTime() + longestSleepMs;
    // Work that is due but not free starts when the current work ends, which wakes the dispatcher.
    return new Date(soonest > now.getTime() ? Math.min(soonest, latest) : latest);
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      wakeUp = new AbortController();
      const { signal } = wakeUp;
      const until = await round().catch((error: unknown) => {
        log.error('the due work could not be read', { worker: name, error });
        return after(clock.now(), 1_000);
      });
      await clock.sleepUntil(until, signal);
    }
  };
  const looping = loop();

  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await looping;
      await Promise.all(inFlight.values());
    },
  };
}

/** A clock that only moves when a test advances it. */
export function manualClock(startMs = Date.UTC(2026, 0, 1)) {
  let nowMs = startMs;
  const sleepers = new Set<() => void>();
  return {
    now: () => new Date(nowMs),
    sleepUntil(at: Date, signal?: AbortSignal): Promise<void> {
      return new Promise((resolve) => {
        const look = () => {
          if (nowMs < at.getTime() && signal?.aborted !== true) return;
          sleepers.delete(look);
          signal?.removeEventListener('abort', look);
          resolve();
        };
        sleepers.add(look);
        signal?.addEventListener('abort', look);
        look();
      });
    },
    /** The number of pending sleeps. */
    sleeping: () => sleepers.size,
    /** Advances the time, and lets ended sleeps continue. */
    async advance(ms: number): Promise<void> {
      nowMs += ms;
      for (const look of [...sleepers]) look();
      await settled();
    },
  };
}

/** Resolves when everything has run that isn't waiting for I/O or a timer. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still until a test moves it. */
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
    /** How many sleep. */
    sleeping: () => sleepers.size,
    /** Moves time on and lets whoever slept until then act. */
    async advance(ms: number): Promise<void> {
      nowMs += ms;
      for (const look of [...sleepers]) look();
      await settled();
    },
  };
}

/** Resolves when everything has happened that waits for nothing but its turn. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

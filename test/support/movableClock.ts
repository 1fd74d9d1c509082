/** Real time plus an offset that tests advance. Sleeps end when their time is reached. */
export function movableClock() {
  let offsetMs = 0;
  const sleepers = new Set<() => void>();
  const now = () => new Date(Date.now() + offsetMs);
  return {
    now,
    sleepUntil(at: Date, signal?: AbortSignal): Promise<void> {
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const done = () => {
          clearTimeout(timer);
          sleepers.delete(look);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const look = () => {
          clearTimeout(timer);
          const waitMs = at.getTime() - now().getTime();
          if (waitMs <= 0 || signal?.aborted === true) done();
          else timer = setTimeout(look, waitMs);
        };
        sleepers.add(look);
        signal?.addEventListener('abort', done, { once: true });
        look();
      });
    },
    /** Advances the time, and ends the sleeps up to then. */
    advance(ms: number): void {
      offsetMs += ms;
      for (const look of [...sleepers]) look();
    },
  };
}

export type MovableClock = ReturnType<typeof movableClock>;

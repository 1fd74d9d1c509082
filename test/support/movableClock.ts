/**
 * When a test begins on its own clock, whatever the machine's clock says. `TEST_START` is another
 * time.
 */
export const testStart = new Date(process.env['TEST_START'] ?? '2026-05-04T10:00:00Z');

/** A clock that runs from `testStart`, and that tests advance. Sleeps end when their time is reached. */
export function movableClock() {
  let offsetMs = testStart.getTime() - Math.floor(performance.now());
  const sleepers = new Set<() => void>();
  const now = () => new Date(Math.floor(performance.now()) + offsetMs);
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

import type { Clock } from '../ports/clock';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleepUntil(at, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, at.getTime() - Date.now()));
      signal?.addEventListener('abort', done, { once: true });
    });
  },
};

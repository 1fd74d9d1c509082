/** The machine's clock. */
export const systemClock = {
  now: () => new Date(),
  sleepUntil(at: Date, signal?: AbortSignal): Promise<void> {
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

const keptMs = 1_000;

/** Allows one run at a time, and caches its result for one second. */
export function onceASecond<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let latest: Promise<Result> | undefined;
  let settledAt = 0;
  return () => {
    if (latest === undefined || performance.now() - settledAt >= keptMs) {
      settledAt = Number.POSITIVE_INFINITY;
      latest = run().finally(() => {
        settledAt = performance.now();
      });
    }
    return latest;
  };
}

const keptMs = 1_000;

/** Runs at most once at a time, and keeps the result for a second for those who ask after it. */
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

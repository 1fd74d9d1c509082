export interface Backoff {
  /** The delay after the first failure, in milliseconds. */
  firstMs: number;
  /** The longest delay before jitter, in milliseconds. */
  mostMs: number;
  /**
   * Multiplies the delay by a random factor in this range, so that processes don't retry at the
   * same time.
   */
  jitter?: {
    from: number;
    to: number;
    /** Returns a number from 0 to below 1. */
    random(): number;
  };
}

/**
 * The delay in milliseconds after this many consecutive failures, counted from 1. It doubles each
 * time.
 */
export function backoffMs({ firstMs, mostMs, jitter }: Backoff, failures: number): number {
  const delayMs = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  if (jitter === undefined) return delayMs;
  const { from, to, random } = jitter;
  return delayMs * (from + (to - from) * random());
}

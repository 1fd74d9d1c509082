export interface Backoff {
  /** The delay after the first failure, in milliseconds. */
  firstMs: number;
  /** The longest delay before jitter, in milliseconds. */
  mostMs: number;
  /** Multiplies the delay by a random factor in this range, so that processes do not retry in step. */
  jitter?: {
    from: number;
    to: number;
    /** 0 to below 1. */
    random(): number;
  };
}

/** The delay after this many failures in a row, counted from 1: it doubles with each failure. */
export function backoffMs({ firstMs, mostMs, jitter }: Backoff, failures: number): number {
  const delayMs = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  if (jitter === undefined) return delayMs;
  const { from, to, random } = jitter;
  return delayMs * (from + (to - from) * random());
}

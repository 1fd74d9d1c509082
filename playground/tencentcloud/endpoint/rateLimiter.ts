/** Counts the calls of each key that were let through in the last second of the caller's clock. */
export class RateLimiter {
  readonly #accepted = new Map<string, number[]>();

  /**
   * Whether a call of `key` at `nowMs` (ms) is one of at most `perSecond` in any second; only those
   * that are count.
   */
  admit(key: string, perSecond: number, nowMs: number): boolean {
    const recent = (this.#accepted.get(key) ?? []).filter((at) => nowMs - at < 1000);
    const admitted = recent.length < perSecond;
    if (admitted) recent.push(nowMs);
    this.#accepted.set(key, recent);
    return admitted;
  }
}

/** Counts the accepted calls of each key in the last second of the caller's clock. */
export class RateLimiter {
  readonly #accepted = new Map<string, number[]>();

  /**
   * True if a call of `key` at `nowMs` (ms) is within `perSecond` in any second. Only accepted
   * calls count.
   */
  admit(key: string, perSecond: number, nowMs: number): boolean {
    const recent = (this.#accepted.get(key) ?? []).filter((at) => nowMs - at < 1000);
    const admitted = recent.length < perSecond;
    if (admitted) recent.push(nowMs);
    this.#accepted.set(key, recent);
    return admitted;
  }
}

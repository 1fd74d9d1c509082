/** Allows `perSecond` calls of each key in any second of the caller's clock. */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #accepted = new Map<string, number[]>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Whether a call of `key` at `nowMs` (ms) is within the limit; only those that are count. */
  admit(key: string, nowMs: number): boolean {
    const recent = (this.#accepted.get(key) ?? []).filter((at) => nowMs - at < 1000);
    const admitted = recent.length < this.#perSecond;
    if (admitted) recent.push(nowMs);
    this.#accepted.set(key, recent);
    return admitted;
  }
}

/** The time, and waiting for it. Tests pass a clock that they move by hand. */
export interface Clock {
  now(): Date;
  /**
   * Resolves at `at`, or as soon as `signal` aborts. Never rejects. Frequent callers abort with a
   * reason, because Node makes an error and its stack for each abort without one.
   */
  sleepUntil(at: Date, signal?: AbortSignal): Promise<void>;
}

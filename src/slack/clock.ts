/** The time, and the passing of it. */
export interface Clock {
  now(): Date;
  /** Resolves at `at`, or as soon as `signal` aborts; never rejects. */
  sleepUntil(at: Date, signal?: AbortSignal): Promise<void>;
}

/** What `work` comes to within `boundMs`; undefined when it takes longer, and goes on by itself. */
export async function within<T>(
  clock: Clock,
  work: Promise<T>,
  boundMs: number,
): Promise<T | undefined> {
  const over = new AbortController();
  const late = clock
    .sleepUntil(new Date(clock.now().getTime() + boundMs), over.signal)
    .then(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

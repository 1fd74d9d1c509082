import { after } from './offset';

/** What a bounded wait needs of a clock. */
interface Sleeper {
  now(): Date;
  sleepUntil(at: Date, signal?: AbortSignal): Promise<void>;
}

/** The result of `work`, or `undefined` if it takes longer than `boundMs`. The work continues either way. */
export async function within<T>(
  clock: Sleeper,
  work: Promise<T>,
  boundMs: number,
): Promise<T | undefined> {
  const over = new AbortController();
  const late = clock.sleepUntil(after(clock.now(), boundMs), over.signal).then(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort('over');
  }
}

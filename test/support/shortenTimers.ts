/**
 * Shortens the waits of libraries without a configurable clock: a timer of exactly `fromMs` ends
 * after `toMs`.
 *
 * @returns a function that restores the timers
 */
export function shortenTimers(fromMs: number, toMs: number): () => void {
  const original = globalThis.setTimeout;
  const hurried = (handler: () => void, ms?: number, ...rest: []) =>
    original(handler, ms === fromMs ? toMs : ms, ...rest);
  Reflect.set(globalThis, 'setTimeout', hurried);
  return () => {
    Reflect.set(globalThis, 'setTimeout', original);
  };
}

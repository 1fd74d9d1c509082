/**
 * Shortens the waits of libraries that take no clock: a timer of exactly `fromMs` ends after
 * `toMs`. Everything else about it stays the library's own.
 *
 * @returns a function that ends it
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

/** Collects what was started, so that it is closed again in the reverse order. */
export interface Closers {
  /** Called right after a part was started. Parts that were added later are closed before it. */
  add(part: string, close: () => void | Promise<void>): void;
}

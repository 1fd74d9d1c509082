import type { Closers } from '../ports/closers';
import type { Log } from '../ports/log';

/** How long each part may take even after the total time has run out. In ms. */
const graceMs = 200;

interface Part {
  name: string;
  close(): void | Promise<void>;
}

/**
 * Closes parts in the reverse order of their start, because each may use the earlier ones. If a
 * part fails or hangs, that is logged and the others are still closed.
 * @param withinMs how long closing may take in total, by the machine's clock, before parts are
 * abandoned
 */
export function createClosers(
  log: Log,
  withinMs: number,
): Closers & {
  /** Resolves to the names of the parts that failed to close. Never rejects. */
  closeAll(): Promise<readonly string[]>;
} {
  const open: Part[] = [];
  return {
    add(name, close) {
      open.push({ name, close });
    },
    async closeAll() {
      const deadline = performance.now() + withinMs;
      const failed: string[] = [];
      for (let part = open.pop(); part !== undefined; part = open.pop()) {
        const waitMs = Math.max(graceMs, deadline - performance.now());
        if (!(await close(part, waitMs, log))) failed.push(part.name);
      }
      return failed;
    },
  };
}

/**
 * Resolves to false if the part failed. A part that takes too long is left to the next start, as
 * after a crash.
 */
async function close(part: Part, waitMs: number, log: Log): Promise<boolean> {
  const over = new AbortController();
  const late = new Promise<'late'>((resolve) => {
    const timer = setTimeout(resolve, waitMs, 'late');
    over.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    if ((await Promise.race([part.close(), late])) === 'late') {
      log.warn('a part did not stop in time', { part: part.name });
    }
    return true;
  } catch (error) {
    log.error('a part failed to stop', { part: part.name, error });
    return false;
  } finally {
    over.abort();
  }
}

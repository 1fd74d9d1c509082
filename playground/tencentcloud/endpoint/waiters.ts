/** What to wait for, and how long. */
export interface UntilOptions {
  /** The timeout in real ms; by default 30 seconds. */
  readonly timeoutMs?: number;
  /** Describes the awaited thing in the error. */
  readonly what: string;
}

/** The result of a probe that has nothing to report yet. */
export type NotYet = undefined | null | false;

/**
 * Promises that settle once a probe reports something. Probes are called again after every change.
 */
export class Waiters {
  readonly #asking = new Set<() => void>();
  readonly #failing = new Set<(reason: string) => void>();

  /** Calls `listener` after every change. Returns a function that ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#asking.add(listener);
    return () => this.#asking.delete(listener);
  }

  /** Calls every waiting probe again. */
  changed(): void {
    for (const ask of [...this.#asking]) ask();
  }

  /** Rejects all waits. */
  failAll(reason: string): void {
    for (const fail of [...this.#failing]) fail(reason);
  }

  /**
   * Resolves to the result of `probe`. Rejects if it throws, after the timeout, and on `failAll`.
   */
  until<T>(
    probe: () => T | NotYet,
    { timeoutMs = 30_000, what }: UntilOptions,
    describe: () => string,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.#asking.delete(ask);
        this.#failing.delete(fail);
        finish();
      };
      const fail = (reason: string): void => {
        settle(() => reject(new Error(`${reason} while waiting for ${what}; ${describe()}`)));
      };
      const ask = (): void => {
        try {
          const found = probe();
          if (found === undefined || found === null || found === false) return;
          settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const timer = setTimeout(() => fail(`${timeoutMs} ms passed`), timeoutMs);
      this.#asking.add(ask);
      this.#failing.add(fail);
      ask();
    });
  }
}

/** What to wait for and how long. */
export interface UntilOptions {
  /** Milliseconds of real time before the wait is given up; 5000 unless told. */
  readonly timeoutMs?: number;
  /** Names the awaited thing in the error. */
  readonly what: string;
}

/** What a probe returns while there is nothing to report. */
export type NotYet = undefined | null | false;

/** Promises that settle when a probe, asked again after every change, reports something. */
export class Waiters {
  readonly #asking = new Set<() => void>();
  readonly #failing = new Set<(reason: string) => void>();

  /** Calls `listener` after every change. Returns a function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#asking.add(listener);
    return () => this.#asking.delete(listener);
  }

  /** Asks every waiting probe again. */
  changed(): void {
    for (const ask of [...this.#asking]) ask();
  }

  /** Rejects every wait under way. */
  failAll(reason: string): void {
    for (const fail of [...this.#failing]) fail(reason);
  }

  /** Resolves with what `probe` reports; rejects if it throws, on time-out and on `failAll`. */
  until<T>(
    probe: () => T | NotYet,
    { timeoutMs = 5000, what }: UntilOptions,
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

import type { Changes } from '../workspace/changes';

export interface UntilOptions {
  /** In real ms; by default 15,000. */
  readonly timeoutMs?: number;
  /** Describes the awaited thing in the error message. */
  readonly what?: string;
}

/**
 * Waits until a probe returns something. It is called again after every change of the workspace.
 */
export class Waiting {
  readonly #open = new Set<(reason: string) => void>();

  constructor(
    private readonly changes: Changes,
    private readonly recently: () => string,
  ) {}

  until<T>(
    probe: () => T | undefined | false,
    { timeoutMs = 15_000, what = 'what the probe looks for' }: UntilOptions = {},
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        unsubscribe();
        this.#open.delete(fail);
        act();
      };
      const fail = (reason: string): void =>
        settle(() => reject(new Error(`${what}: ${reason}; ${this.recently()}`)));
      const look = (): void => {
        try {
          const found = probe();
          if (found !== undefined && found !== false) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const unsubscribe = this.changes.subscribe(look);
      const timer = setTimeout(() => fail(`not within ${timeoutMs} ms`), timeoutMs);
      this.#open.add(fail);
      look();
    });
  }

  /** Ends every wait with an error. */
  close(): void {
    for (const fail of [...this.#open]) fail('the workspace closed');
  }
}

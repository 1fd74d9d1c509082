/** Waits in real time that can all be ended at once. */
export class Timers {
  readonly #open = new Map<NodeJS.Timeout, () => void>();

  /** Resolves after `ms`, or at once if the timers are cleared. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#open.delete(timer);
        resolve();
      }, ms);
      this.#open.set(timer, resolve);
    });
  }

  /** Resolves to the result of `work`, or to `late` if it takes longer than `ms`. */
  within<T>(work: Promise<T>, ms: number, late: T): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(), ms);
      const forget = (): void => {
        clearTimeout(timer);
        this.#open.delete(timer);
      };
      const end = (): void => {
        forget();
        resolve(late);
      };
      this.#open.set(timer, end);
      work.then(resolve, reject).finally(forget);
    });
  }

  clear(): void {
    for (const [timer, resolve] of [...this.#open]) {
      clearTimeout(timer);
      resolve();
    }
    this.#open.clear();
  }
}

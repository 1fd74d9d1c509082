/** Runs work when there is room for it. */
export type Semaphore = <T>(work: () => Promise<T>) => Promise<T>;

/** Room for `most` pieces of work at a time; whatever is more waits, first come first served. */
export function createSemaphore(most: number): Semaphore {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < most) running += 1;
    // Whoever leaves hands its place on, so nobody can slip in between.
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const enter = waiting.shift();
      if (enter === undefined) running -= 1;
      else enter();
    }
  };
}

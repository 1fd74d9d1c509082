/** Runs work when there is room for it. */
export type Semaphore = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs at most `most` pieces of work at a time. The others wait in order. */
export function createSemaphore(most: number): Semaphore {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < most) running += 1;
    // Finished work passes its place on, so nothing can jump the queue.
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

/** The highest number of calls within any second of real time. */
export function busiestSecond(calls: readonly { atMonotonicMs: number }[]): number {
  const times = calls.map(({ atMonotonicMs }) => atMonotonicMs);
  times.sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [index, at] of times.entries()) {
    while (at - (times[first] ?? at) >= 1_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Blocks this process, as an overloaded machine would. In ms. */
export function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

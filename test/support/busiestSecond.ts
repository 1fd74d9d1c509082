import type { DtsEndpoint } from '../../playground/tencentcloud/index';

/** The highest number of calls of an action within any second. */
export function busiestSecond(dts: Pick<DtsEndpoint, 'callsOf'>, action: string): number {
  const times = dts.callsOf(action).map(({ atMonotonicMs }) => atMonotonicMs);
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
  const end = performance.now() + ms;
  while (performance.now() < end);
}

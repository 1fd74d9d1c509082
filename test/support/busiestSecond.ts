import type { DtsEndpoint } from '../../playground/tencentcloud/index';

/** The most calls of an action that arrived within any second. */
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

/** Keeps this process from doing anything else, as a machine does that has no time for it. */
export function stall(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

import type { LaunchWindow } from './policy';
import { firstMoment, isWithin } from './wallClock';

/** When the next window opens; `undefined` when one is open, or jobs may be created at any time. */
export function nextOpening(windows: readonly LaunchWindow[], now: Date): Date | undefined {
  if (windows.length === 0 || windows.some((each) => isWithin(each, now))) return undefined;
  const openings = windows.map((each) => firstMoment(each, 'within', now).getTime());
  return new Date(Math.min(...openings));
}

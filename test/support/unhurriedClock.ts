import { systemClock } from '../../src/operations/systemClock';
import type { Clock } from '../../src/ports/clock';

/** Real time whose waits last ten times as long, so that a busy machine does not make a lookup late. */
export const unhurriedClock: Clock = {
  now: systemClock.now,
  sleepUntil(at, signal) {
    const now = Date.now();
    return systemClock.sleepUntil(new Date(now + (at.getTime() - now) * 10), signal);
  },
};

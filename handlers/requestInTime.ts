import type { Shown } from '../src/domain/request/shown';
import { within } from '../src/domain/time/within';
import type { Found } from '../src/workflow/viewing';
import type { HandlerContext } from './context';

/** In ms: a trigger expires after three seconds, and the person was looked up before. */
const longestReadMs = 1_000;

/** A request for a form; `undefined` if it can't be read in time, because the form must open. */
export async function requestInTime(
  { clock, find, log }: Pick<HandlerContext, 'clock' | 'find' | 'log'>,
  requestId: number,
  shown?: Shown,
): Promise<Found | undefined> {
  try {
    return await within(clock, find(requestId, shown), longestReadMs);
  } catch (error) {
    log.warn('a request could not be read for its decision', { request: requestId, error });
    return undefined;
  }
}

import type { Found } from '../src/workflow/viewing';
import type { HandlerContext } from './context';

/** In ms: a trigger expires after three seconds, and the person was looked up before. */
const longestReadMs = 1_000;

/** A request for a form; `undefined` if it can't be read in time, because the form must open. */
export async function requestInTime(
  { find, log }: Pick<HandlerContext, 'find' | 'log'>,
  requestId: number,
): Promise<Found | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), longestReadMs).unref();
  });
  try {
    return await Promise.race([find(requestId), late]);
  } catch (error) {
    log.warn('a request could not be read for its decision', { request: requestId, error });
    return undefined;
  }
}

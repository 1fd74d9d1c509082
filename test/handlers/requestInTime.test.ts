import { requestInTime } from '../../handlers/requestInTime';
import { silentLog } from '../../src/operations/log';
import type { Found } from '../../src/workflow/viewing';
import { aRequest } from '../support/aRequest';
import { manualClock } from '../support/manualClock';

const found: Found = { ok: true, request: aRequest() };

describe('a form waits a second for the facts of its request', () => {
  it('and has them if the store answers sooner', async () => {
    const clock = manualClock();
    expect(await requestInTime({ clock, find: async () => found, log: silentLog }, 7)).toEqual(
      found,
    );
  });

  it('and opens without them if the store answers later', async () => {
    const clock = manualClock();
    let isOpen = false;
    const opening = requestInTime({ clock, find: () => new Promise(() => {}), log: silentLog }, 7);
    const opened = opening.finally(() => {
      isOpen = true;
    });
    await clock.advance(999);
    expect(isOpen).toBe(false);
    await clock.advance(1);
    expect(await opened).toBeUndefined();
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { requestInTime } from '../../handlers/requestInTime';
import type { Found } from '../../src/workflow/viewing';
import { aRequest } from '../support/aRequest';
import { shortenTimers } from '../support/shortenTimers';

const log = { info() {}, warn() {}, error() {} };
const found: Found = { ok: true, request: aRequest() };

describe('a form waits a second for the facts of its request', () => {
  let restore: () => void;
  beforeEach(() => {
    restore = shortenTimers(1_000, 20);
  });
  afterEach(() => restore());

  it('and has them if the store answers sooner', async () => {
    expect(await requestInTime({ find: async () => found, log }, 7)).toEqual(found);
  });

  it('and opens without them if the store answers later', async () => {
    const find = () => sleep(200, found);
    expect(await requestInTime({ find, log }, 7)).toBeUndefined();
  });
});

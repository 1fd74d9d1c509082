import type { JobStatus } from '../../src/domain/job/job';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { locales } from '../../src/i18n/locales';
import { buildReply } from '../../views/reply';
import { aRequest } from '../support/aRequest';

const bob = { userId: 'UBOB', name: 'Bob' };
const mei = { userId: 'UMEI', name: 'Mei' };

/** The first lines of the replies about these events of one request. */
function firstLines(payloads: readonly [EventPayload, typeof bob | undefined][]): string[] {
  const events = payloads.map(
    ([payload, by], index): RequestEvent => ({
      ...{ requestId: 7, seq: index + 1, revision: 1, at: new Date(0), by, payload },
    }),
  );
  return events.map((event) => {
    const reply = buildReply(locales.en, aRequest(), event, 'mainland', { events });
    return reply?.text.split('\n')[0] ?? '';
  });
}

const withdrawn: EventPayload = { type: 'withdrawn' };
const moved = (from: JobStatus, to: JobStatus): EventPayload => ({
  ...{ type: 'job_moved', from, to, said: to, elsewhere: false },
});

it('numbers a reply only if it would begin like an earlier one', () => {
  const [first, second, third, again, ...others] = firstLines([
    [withdrawn, bob],
    [withdrawn, mei],
    [withdrawn, bob],
    [withdrawn, bob],
    [moved('checking', 'check_failed'), undefined],
    [moved('checking', 'check_passed'), undefined],
    [moved('checking', 'check_failed'), undefined],
  ]);
  expect(second).not.toContain('time)');
  expect(third).toBe(`${first} (2nd time)`);
  expect(again).toBe(`${first} (3rd time)`);
  expect(others[1]).not.toContain('time)');
  expect(others[2]).toBe(`${others[0]} (2nd time)`);
});

import { creation } from '../../src/domain/request/operations/operation';
import type { MigrationRequest } from '../../src/domain/request/request';
import { createHeadStart } from '../../src/workflow/headStart';
import { aRequest } from '../support/aRequest';
import { manualClock } from '../support/manualClock';
import { bobsApproval } from '../support/storeOn';

const now = new Date('2026-05-04T10:00:00Z');
const inMs = (ms: number) => new Date(now.getTime() + ms);
const approved = { status: 'approved', approvals: [bobsApproval], operation: creation } as const;
const dueNow = (id: number): MigrationRequest =>
  aRequest({ id, state: { ...approved, attempts: 0 } });

function start() {
  const patience = manualClock();
  let announced = 0;
  const headStart = createHeadStart(patience, () => {
    announced += 1;
  });
  return { headStart, patience, announced: () => announced };
}

describe('the posts about a change', () => {
  it('begin at once if no call goes ahead', () => {
    const { announced, headStart } = start();
    headStart.wake();
    headStart.wake();
    expect(announced()).toBe(2);
  });

  it('begin once, after the last call that goes ahead was sent', async () => {
    const { announced, headStart, patience } = start();
    headStart.give(dueNow(1), now);
    headStart.give(dueNow(2), now);
    headStart.wake();
    headStart.wake();
    headStart.end(1);
    await patience.advance(50);
    expect(announced()).toBe(0);
    headStart.end(2);
    await patience.advance(0);
    expect(announced()).toBe(1);
    await patience.advance(1_000);
    expect(announced()).toBe(1);
    headStart.wake();
    expect(announced()).toBe(2);
  });

  it('begin after a tenth of a second if the call was not sent, and then wait for no call before it', async () => {
    const { announced, headStart, patience } = start();
    headStart.give(dueNow(1), now);
    headStart.wake();
    await patience.advance(99);
    expect(announced()).toBe(0);
    await patience.advance(1);
    expect(announced()).toBe(1);
    headStart.wake();
    expect(announced()).toBe(2);
  });

  it('wait for a call that goes ahead after those', async () => {
    const { announced, headStart, patience } = start();
    headStart.give(dueNow(1), now);
    headStart.wake();
    await patience.advance(100);
    headStart.give(dueNow(2), now);
    headStart.wake();
    await patience.advance(99);
    expect(announced()).toBe(1);
    await patience.advance(1);
    expect(announced()).toBe(2);
  });

  it('do not begin because a call ends that nobody waits for', async () => {
    const { announced, headStart, patience } = start();
    headStart.end(1);
    headStart.give(dueNow(1), now);
    headStart.end(1);
    await patience.advance(1_000);
    expect(announced()).toBe(0);
  });
});

it.each<[string, MigrationRequest['state'], boolean]>([
  ['an approved request', { ...approved, attempts: 0 }, true],
  ['one whose window opens now', { ...approved, attempts: 0, opensAt: now }, true],
  ['one whose window opens later', { ...approved, attempts: 0, opensAt: inMs(1) }, false],
  ['a waiting request', aRequest().state, false],
  [
    'a denied request',
    { status: 'denied', by: { userId: 'UBOB', name: 'Bob' }, at: now, reason: '' },
    false,
  ],
])('the call for %s goes ahead: %#', (_, state, goesAhead) => {
  const { announced, headStart } = start();
  headStart.give(aRequest({ state }), now);
  headStart.wake();
  expect(announced()).toBe(goesAhead ? 0 : 1);
});

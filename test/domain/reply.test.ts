import { endedFailure, isJoinable, joinUntil } from '../../src/domain/channel/reply';
import type { InState, RequestState } from '../../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { aRequest } from '../support/aRequest';

const bob = { userId: 'UBOB', name: 'Bob' };
const startMs = Date.UTC(2026, 4, 4, 10);
const event = (
  seq: number,
  payload: EventPayload,
  { by, atMs = startMs }: { by?: typeof bob; atMs?: number } = {},
): RequestEvent => ({ requestId: 7, seq, revision: 1, at: new Date(atMs), by, payload });

const approved = (changes: { isEnough?: boolean; comment?: string } = { isEnough: true }) =>
  ({ type: 'approved', count: 1, required: 1, ...changes }) as const;
const failed = {
  type: 'failed',
  operation: 'create_job',
  problem: { kind: 'rule_unclear' },
} as const;
const created = { type: 'created', how: 'answered', jobId: 'dts-1' } as const;

it.each<[string, EventPayload, boolean]>([
  ['the last approval', approved(), true],
  ['the last approval with a comment', approved({ isEnough: true, comment: 'go' }), false],
  ['an approval before the last', approved({ isEnough: false }), false],
  ['an approval of an earlier version', approved({}), false],
  ['another event', { type: 'withdrawn' }, false],
])('%s may share its message with what follows: %#', (_, payload, expected) => {
  expect(isJoinable(event(1, payload))).toBe(expected);
});

describe('an approval waits for its effect', () => {
  const operation = { name: 'create_job' } as const;
  const approvals: InState<'approved'>['approvals'] = [
    { by: bob, at: new Date(startMs), revision: 1, from: [], confirmed: false },
  ];
  const underWay: readonly RequestState[] = [
    { status: 'approved', operation, approvals, attempts: 0 },
    { status: 'launching', operation, approvals, attempt: 1, calledAt: new Date(startMs) },
  ];

  it.each(underWay)('for three seconds while the request is $status', (state) => {
    const request = aRequest({ state });
    const until = (ms: number) => joinUntil(request, event(1, approved()), new Date(startMs + ms));
    expect(until(0)).toEqual(new Date(startMs + 3_000));
    expect(until(2_999)).toEqual(new Date(startMs + 3_000));
    expect(until(3_000)).toBeUndefined();
  });

  it('but not if nothing follows', () => {
    expect(joinUntil(aRequest(), event(1, approved()), new Date(startMs))).toBeUndefined();
  });
});

describe('the buttons below a failure end', () => {
  const again = (seq: number) =>
    event(seq, { type: 'try_again', operation: 'create_job', after: 'failed', voided: 0 });
  const edited = (seq: number) => event(seq, { type: 'edited', differences: [], voided: 0 });
  const events = [
    event(1, failed),
    event(2, created),
    event(3, failed),
    again(4),
    event(5, failed),
  ];

  it.each([again, edited])('with a retry or an edit after it', (ending) => {
    expect(endedFailure(ending(4), events)).toBe(events[2]);
    expect(endedFailure(ending(3), events)).toBe(events[0]);
    expect(endedFailure(ending(1), events)).toBeUndefined();
  });

  it('with nothing else', () => {
    expect(endedFailure(event(4, { type: 'withdrawn' }), events)).toBeUndefined();
  });
});

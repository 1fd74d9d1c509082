import { nextReply } from '../../src/domain/channel/nextReply';
import type { MigrationRequest } from '../../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const bob = { userId: 'UBOB', name: 'Bob' };
const at = new Date('2026-05-04T10:00:00Z');
const event = (seq: number, payload: EventPayload, by?: typeof bob): RequestEvent => ({
  ...{ requestId: 7, seq, revision: 1, at, by, payload },
});

const approval = event(2, { type: 'approved', count: 1, required: 1, isEnough: true }, bob);
const launched = event(3, { type: 'launched', operation: 'create_job', attempt: 1 });
const created = event(4, { type: 'created', how: 'answered', jobId: 'dts-1' });
const withdrawn = event(4, { type: 'withdrawn' }, bob);
const reminded = (seq: number) => event(seq, { type: 'reminded', number: 1 });

const operation = { name: 'create_job' } as const;
const approvals = [{ by: bob, at, revision: 1, from: [], confirmed: false }] as const;
const launching: Partial<MigrationRequest> = {
  version: 4,
  state: { status: 'launching', operation, approvals, attempt: 1, calledAt: at },
};

const next = (
  about: RequestEvent,
  events: readonly RequestEvent[],
  changes: Partial<MigrationRequest> = {},
  more: Partial<Parameters<typeof nextReply>[1]> = {},
) =>
  nextReply(about, {
    ...{ approval: undefined, events, now: at, request: aRequest(changes), sending: undefined },
    isTold: ({ payload }) => payload.type !== 'launched',
    ...more,
  });

describe('the last approval', () => {
  it('waits for its effect while the call is under way', () => {
    const until = new Date(at.getTime() + 3_000);
    expect(next(approval, [approval, launched], launching)).toEqual({ kind: 'hold', until });
  });

  it('waits on if its effect was recorded after the request was read', () => {
    const held = next(approval, [approval, launched, created], { ...launching, version: 3 });
    expect(held).toMatchObject({ kind: 'hold' });
  });

  it('shares the reply of its effect, with all silent events between', () => {
    const events = [approval, launched, created];
    expect(next(approval, events, { version: 4 })).toEqual({ kind: 'join', approval });
    expect(next(launched, events, { version: 4 }, { approval })).toEqual({
      kind: 'join',
      approval,
    });
    expect(next(created, events, { version: 4 }, { approval })).toEqual({ kind: 'post' });
  });

  it.each([
    ['a person caused the next event', [approval, withdrawn], {}],
    ['nothing follows', [approval], {}],
    ['its post had begun', [approval, launched, created], { sending: 2 }],
  ] as const)('has its own reply if %s', (_, events, more) => {
    expect(next(approval, events, { version: 4 }, more)).toEqual({ kind: 'post' });
  });
});

describe('a reminder', () => {
  const quiet = { from: '09:00', to: '12:00', timeZone: 'UTC' } as const;
  const rule = aRule({ reminders: { afterMs: [], mention: [], quiet } });

  it('is posted while people have to act, and not after a later one', () => {
    expect(next(reminded(2), [reminded(2)], { version: 3 })).toEqual({ kind: 'post' });
    expect(next(reminded(2), [reminded(2), reminded(3)])).toEqual({ kind: 'skip' });
    expect(next(reminded(2), [reminded(2)], launching)).toEqual({ kind: 'skip' });
  });

  it('is held until the quiet hours end, unless something else happened since', () => {
    const until = new Date('2026-05-04T12:00:00Z');
    const held = next(reminded(2), [reminded(2)], { rule, version: 2 });
    expect(held).toEqual({ kind: 'hold', until });
    expect(next(reminded(2), [reminded(2)], { rule, version: 3 })).toEqual({ kind: 'skip' });
  });
});

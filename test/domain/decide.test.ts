import fc from 'fast-check';
import { advance, type Step } from '../../src/domain/advance';
import { type Actor, decide } from '../../src/domain/decide';
import type { LaunchOutcome } from '../../src/domain/launchOutcome';
import { type MigrationRequest, needsSecrets, type RequestState } from '../../src/domain/request';
import { aDraft } from '../support/aForm';

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const aRequest = (state: RequestState, requiredApprovals = 1): MigrationRequest => ({
  id: 7,
  version: 1,
  revision: 1,
  channel: 'C1',
  requester: { userId: 'UASK', name: 'Asker' },
  requiredApprovals,
  parameters: aDraft().parameters,
  reason: 'why',
  askedAt: now,
  state,
});
const anActor = (userId: string, facts: Partial<Actor> = {}): Actor => ({
  userId,
  name: userId,
  standing: 'member',
  approver: 'yes',
  ...facts,
});
const approval = (userId: string) => ({ by: { userId, name: userId }, at: now, revision: 1 });
const pending: RequestState = { status: 'pending', approvals: [] };
const approved: RequestState = {
  status: 'approved',
  approvals: [approval('UYES')],
  attempts: 0,
};
const launching: RequestState = {
  status: 'launching',
  approvals: [approval('UYES')],
  attempt: 1,
  leaseUntil: later(90),
};
const approveBy = (by: Actor, revision = 1) => ({ type: 'approve', by, revision }) as const;

describe('who may decide', () => {
  it.each([
    ['the requester, even one on every list', anActor('UASK'), 'own_request'],
    ['a guest', anActor('U1', { standing: 'guest' }), 'guest'],
    ['somebody from elsewhere', anActor('U1', { standing: 'external' }), 'external'],
    ['a deactivated person', anActor('U1', { standing: 'deactivated' }), 'deactivated'],
    ['an app', anActor('U1', { standing: 'bot' }), 'bot'],
    ['somebody Slack says nothing of', anActor('U1', { standing: 'unknown' }), 'person_unknown'],
    ['a member who is no approver', anActor('U1', { approver: 'no' }), 'not_an_approver'],
    ['a member, the list unreadable', anActor('U1', { approver: 'unknown' }), 'approvers_unknown'],
  ])('not %s', (_, by, code) => {
    const request = aRequest(pending);
    for (const command of [
      approveBy(by),
      { type: 'deny', by, revision: 1, reason: 'no' } as const,
    ]) {
      expect(decide(request, command, now)).toEqual({ ok: false, refusal: { code } });
    }
  });

  it('an approver who saw the present revision', () => {
    expect(decide(aRequest(pending), approveBy(anActor('UYES')), now)).toMatchObject({
      ok: true,
      state: { status: 'approved', approvals: [{ by: { userId: 'UYES' } }] },
    });
    expect(decide(aRequest(pending), approveBy(anActor('UYES'), 2), now)).toEqual({
      ok: false,
      refusal: { code: 'other_revision', seen: 2, current: 1 },
    });
  });

  it('nobody a second time; they are told who was first', () => {
    const refusal = { code: 'already_decided', decision: 'approved', by: 'UYES', at: now };
    for (const state of [approved, launching]) {
      const second = decide(aRequest(state), approveBy(anActor('U2')), later(5));
      expect(second).toEqual({ ok: false, refusal });
    }
  });

  it('nobody without a reason for a denial', () => {
    const command = { type: 'deny', by: anActor('U2'), revision: 1, reason: ' ' } as const;
    expect(decide(aRequest(pending), command, now)).toEqual({
      ok: false,
      refusal: { code: 'reason_missing' },
    });
  });

  it('each person once towards the quorum', () => {
    const first = decide(aRequest(pending, 2), approveBy(anActor('U1')), now);
    if (!first.ok) throw new Error('refused');
    expect(first.state).toMatchObject({ status: 'pending' });
    expect(first.happening).toEqual({ type: 'approved', count: 1, required: 2 });
    const halfway = aRequest(first.state, 2);
    expect(decide(halfway, approveBy(anActor('U1')), now)).toEqual({
      ok: false,
      refusal: { code: 'already_approved_by_you' },
    });
    expect(decide(halfway, approveBy(anActor('U2')), now)).toMatchObject({
      ok: true,
      state: { status: 'approved' },
    });
  });
});

describe('a launch', () => {
  const settle = (outcome: LaunchOutcome, retryAt?: Date): Step => ({
    type: 'settle',
    attempt: 1,
    outcome,
    ...(retryAt === undefined ? {} : { retryAt }),
  });

  it('is claimed once', () => {
    const claim: Step = { type: 'claim', leaseUntil: later(90) };
    const claimed = advance(aRequest(approved), claim, now);
    expect(claimed?.state).toMatchObject({ status: 'launching', attempt: 1 });
    expect(advance(aRequest(launching), claim, now)).toBeUndefined();
    expect(advance(aRequest(pending), claim, now)).toBeUndefined();
  });

  it('is tried again only when nothing can have been created', () => {
    const refused = (code: string): LaunchOutcome => ({
      kind: 'failed',
      problem: { kind: 'refused', code, message: '', requestId: 'r' },
    });
    const notSent: LaunchOutcome = { kind: 'failed', problem: { kind: 'not_sent', detail: '' } };
    const lost: LaunchOutcome = { kind: 'unknown', doubt: { kind: 'no_answer', detail: '' } };
    const statusAfter = (outcome: LaunchOutcome) =>
      advance(aRequest(launching), settle(outcome, later(9)), now)?.state.status;
    expect(statusAfter(notSent)).toBe('approved');
    expect(statusAfter(refused('RequestLimitExceeded'))).toBe('approved');
    expect(statusAfter(refused('RequestLimitExceeded.UinLimitExceeded'))).toBe('approved');
    expect(statusAfter(refused('InternalError.DatabaseError'))).toBe('failed');
    expect(statusAfter(lost)).toBe('unconfirmed');
    expect(advance(aRequest(launching), settle(notSent), now)?.state.status).toBe('failed');
  });

  it('is not claimed before its next try is due', () => {
    const waiting: RequestState = {
      ...approved,
      attempts: 1,
      retry: { at: later(10), problem: { kind: 'not_sent', detail: '' } },
    };
    const claim: Step = { type: 'claim', leaseUntil: later(90) };
    expect(advance(aRequest(waiting), claim, later(9))).toBeUndefined();
    expect(advance(aRequest(waiting), claim, later(10))?.state).toMatchObject({ attempt: 2 });
  });

  it('whose lease ran out is in doubt, and a late answer changes nothing', () => {
    expect(advance(aRequest(launching), { type: 'give_up' }, later(89))).toBeUndefined();
    const givenUp = advance(aRequest(launching), { type: 'give_up' }, later(90));
    expect(givenUp?.state).toMatchObject({ status: 'unconfirmed', doubt: { kind: 'interrupted' } });
    if (givenUp === undefined) return;
    const late = settle({ kind: 'created', jobId: 'dts-1', requestId: 'r' });
    expect(advance(aRequest(givenUp.state), late, later(91))).toBeUndefined();
  });
});

it('never launches with fewer approvals than asked, nor by the requester, whatever is clicked', () => {
  const actor = fc.record({
    userId: fc.constantFrom('UASK', 'U1', 'U2', 'U3'),
    name: fc.constant('somebody'),
    standing: fc.constantFrom('member', 'guest', 'external', 'deactivated', 'bot', 'unknown'),
    approver: fc.constantFrom('yes', 'no', 'unknown'),
  });
  const click = fc.record({ by: actor, revision: fc.constantFrom(1, 2), deny: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(click), (required, clicks) => {
      let request = aRequest(pending, required);
      for (const { by, revision, deny } of clicks) {
        const decision = deny
          ? decide(request, { type: 'deny', by, revision, reason: 'no' }, now)
          : decide(request, { type: 'approve', by, revision }, now);
        if (decision.ok) request = { ...request, state: decision.state };
      }
      if (request.state.status !== 'approved') return;
      const people = new Set(request.state.approvals.map(({ by }) => by.userId));
      expect(people.size).toBeGreaterThanOrEqual(required);
      expect(people.has('UASK')).toBe(false);
    }),
  );
});

it('needs the password only until the call was made', () => {
  expect(needsSecrets(pending)).toBe(true);
  expect(needsSecrets(launching)).toBe(true);
  expect(
    needsSecrets({ status: 'denied', by: { userId: 'U', name: 'U' }, at: now, reason: 'r' }),
  ).toBe(false);
});

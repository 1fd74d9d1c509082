import { advance, type Step } from '../../src/domain/request/advance';
import { type Actor, decide } from '../../src/domain/request/decide';
import type { LaunchOutcome } from '../../src/domain/request/launchOutcome';
import type { InState, MigrationRequest, RequestState } from '../../src/domain/request/request';
import { needsSecrets } from '../../src/domain/request/states';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const inState = (state: RequestState, required = 1): MigrationRequest =>
  aRequest({ rule: aRule({ required }), state });
const anActor = (userId: string, facts: Partial<Actor> = {}): Actor => ({
  userId,
  name: userId,
  standing: 'member',
  listed: 'yes',
  from: [],
  today: { rule: aRule(), approvers: new Map() },
  ...facts,
});
const approval = (userId: string) => ({
  by: { userId, name: userId },
  at: now,
  revision: 1,
  from: [],
  confirmed: false,
});
const pending: RequestState = { status: 'pending', approvals: [], attempts: 0, reminders: 0 };
const approved: InState<'approved'> = {
  status: 'approved',
  approvals: [approval('UYES')],
  attempts: 0,
};
const launching: InState<'launching'> = {
  status: 'launching',
  approvals: [approval('UYES')],
  attempt: 1,
  calledAt: now,
};
const unconfirmed: InState<'unconfirmed'> = {
  status: 'unconfirmed',
  approvals: [approval('UYES')],
  attempt: 1,
  calledAt: now,
  doubt: { kind: 'interrupted' },
  at: now,
  found: [
    { jobId: 'dts-1', createTime: '2026-05-04 18:00:00' },
    { jobId: 'dts-2', createTime: '2026-05-04 18:00:01' },
  ],
};
const approve = (request: MigrationRequest, by: Actor, at = now, revision = 1) =>
  decide(request, by, { type: 'approve', revision }, at);

describe('who may decide', () => {
  it.each([
    ['the requester, even one on every list', anActor('UASK'), 'own_request'],
    ['a guest', anActor('U1', { standing: 'guest' }), 'guest'],
    ['somebody from elsewhere', anActor('U1', { standing: 'external' }), 'external'],
    ['a deactivated person', anActor('U1', { standing: 'deactivated' }), 'deactivated'],
    ['an app', anActor('U1', { standing: 'bot' }), 'bot'],
    ['somebody Slack says nothing of', anActor('U1', { standing: 'unknown' }), 'person_unknown'],
    ['a member who is no approver', anActor('U1', { listed: 'no' }), 'not_an_approver'],
    ['a member, the list unreadable', anActor('U1', { listed: 'unknown' }), 'approvers_unknown'],
  ])('not %s', (_, by, code) => {
    const refusal = { ok: false, refusal: { code } };
    expect(approve(inState(pending), by)).toEqual(refusal);
    const denial = { type: 'deny', revision: 1, reason: 'no' } as const;
    const ofList: Record<string, object> = {
      not_an_approver: { code: 'not_allowed', action: 'deny' },
      approvers_unknown: { code: 'list_unknown' },
    };
    expect(decide(inState(pending), by, denial, now)).toEqual({
      ok: false,
      refusal: ofList[code] ?? { code },
    });
    for (const type of ['look_again', 'try_again'] as const) {
      expect(decide(inState(unconfirmed), by, { type, revision: 1 }, now)).toEqual(refusal);
    }
  });

  it('an approver who saw the present revision', () => {
    expect(approve(inState(pending), anActor('UYES'))).toMatchObject({
      ok: true,
      state: { status: 'approved', approvals: [{ by: { userId: 'UYES' } }] },
    });
    expect(approve(inState(pending), anActor('UYES'), now, 2)).toEqual({
      ok: false,
      refusal: { code: 'other_revision', seen: 2, current: 1 },
    });
  });

  it('nobody a second time; they are told who was first', () => {
    const refusal = {
      code: 'already_decided',
      decision: 'approved',
      by: 'UYES',
      others: [],
      at: now,
    };
    for (const state of [approved, launching, unconfirmed]) {
      expect(approve(inState(state), anActor('U2'), later(5))).toEqual({ ok: false, refusal });
      expect(approve(inState(state), anActor('UYES'), later(5))).toEqual({
        ok: false,
        refusal: { code: 'already_decided_by_you', decision: 'approved', at: now },
      });
    }
  });

  it('nobody without a reason for a denial', () => {
    const denial = { type: 'deny', revision: 1, reason: ' ' } as const;
    expect(decide(inState(pending), anActor('U2'), denial, now)).toEqual({
      ok: false,
      refusal: { code: 'reason_missing' },
    });
  });

  it('each person once towards the quorum', () => {
    const first = approve(inState(pending, 2), anActor('U1'));
    if (!first.ok) throw new Error('refused');
    expect(first.state).toMatchObject({ status: 'pending' });
    expect(first.happening).toEqual({
      type: 'approved',
      count: 1,
      required: 2,
      missing: { count: 1, lists: [] },
    });
    const halfway = inState(first.state, 2);
    expect(approve(halfway, anActor('U1'))).toEqual({
      ok: false,
      refusal: { code: 'already_approved_by_you' },
    });
    expect(approve(halfway, anActor('U2'))).toEqual({
      ok: false,
      refusal: { code: 'approvers_unknown' },
    });
    const approvers = new Map([['U1', { standing: 'member', listed: 'yes', from: [] } as const]]);
    const today = { rule: halfway.rule, approvers };
    expect(approve(halfway, anActor('U2', { today }))).toMatchObject({
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
    const claim: Step = { type: 'claim' };
    const claimed = advance(inState(approved), claim, now);
    expect(claimed?.state).toMatchObject({ status: 'launching', attempt: 1 });
    expect(advance(inState(launching), claim, now)).toBeUndefined();
    expect(advance(inState(pending), claim, now)).toBeUndefined();
  });

  it('is tried again only when nothing can have been created', () => {
    const refused = (code: string): LaunchOutcome => ({
      kind: 'failed',
      problem: { kind: 'refused', code, message: '', requestId: 'r' },
    });
    const notSent: LaunchOutcome = { kind: 'failed', problem: { kind: 'not_sent', detail: '' } };
    const lost: LaunchOutcome = { kind: 'unknown', doubt: { kind: 'no_answer', detail: '' } };
    const statusAfter = (outcome: LaunchOutcome) =>
      advance(inState(launching), settle(outcome, later(9)), now)?.state.status;
    expect(statusAfter(notSent)).toBe('approved');
    expect(statusAfter(refused('RequestLimitExceeded'))).toBe('approved');
    expect(statusAfter(refused('RequestLimitExceeded.UinLimitExceeded'))).toBe('approved');
    expect(statusAfter(refused('InternalError.DatabaseError'))).toBe('failed');
    expect(statusAfter(lost)).toBe('reconciling');
    expect(advance(inState(launching), settle(notSent), now)?.state.status).toBe('failed');
  });

  it('is not claimed before its next try is due', () => {
    const waiting: RequestState = {
      ...approved,
      attempts: 1,
      retry: { at: later(10), problem: { kind: 'not_sent', detail: '' } },
    };
    const claim: Step = { type: 'claim' };
    expect(advance(inState(waiting), claim, later(9))).toBeUndefined();
    expect(advance(inState(waiting), claim, later(10))?.state).toMatchObject({ attempt: 2 });
  });

  it('of a process that is gone is searched for, and a late answer still counts', () => {
    expect(advance(inState(approved), { type: 'give_up' }, later(1))).toBeUndefined();
    const givenUp = advance(inState(launching), { type: 'give_up' }, later(1));
    expect(givenUp?.state).toMatchObject({ status: 'reconciling', doubt: { kind: 'interrupted' } });
    const late = settle({ kind: 'created', jobId: 'dts-9', requestId: 'r' });
    for (const state of [givenUp?.state ?? pending, unconfirmed]) {
      expect(advance(inState(state), late, later(91))?.state).toMatchObject({
        status: 'created',
        jobId: 'dts-9',
      });
    }
  });

  it('that was made again says so when the first answer comes after all', () => {
    const second: RequestState = { ...launching, attempt: 2 };
    const late = settle({ kind: 'created', jobId: 'dts-9', requestId: 'r' });
    expect(advance(inState(second), late, now)).toEqual({
      state: second,
      happening: { type: 'stray_job', attempt: 1, jobId: 'dts-9' },
    });
  });
});

describe('a request in doubt', () => {
  const reconciling: RequestState = {
    status: 'reconciling',
    approvals: [approval('UYES')],
    attempt: 1,
    calledAt: now,
    doubt: { kind: 'no_answer', detail: '' },
    looks: 0,
    lookAt: now,
    settledAt: later(120),
  };
  const jobs = unconfirmed.status === 'unconfirmed' ? unconfirmed.found : [];
  const look = (found: number, at: Date, state: RequestState = reconciling, contested = false) =>
    advance(
      inState(state),
      { type: 'look', search: { kind: 'found', jobs: jobs.slice(0, found), contested } },
      at,
    )?.state;

  it('takes one job that fits as its own', () => {
    expect(look(1, now)).toMatchObject({ status: 'created', jobId: 'dts-1' });
  });

  it('leaves several to a person', () => {
    expect(look(2, now)).toMatchObject({ status: 'unconfirmed', found: jobs });
    const contested = look(1, now, reconciling, true);
    expect(contested).toMatchObject({ status: 'unconfirmed', found: jobs.slice(0, 1) });
  });

  it('looks again, less and less often, until a job would have shown up', () => {
    let state = look(0, now);
    const delays: number[] = [];
    let at = now;
    while (state?.status === 'reconciling') {
      delays.push((state.lookAt.getTime() - at.getTime()) / 1_000);
      at = state.lookAt;
      state = look(0, at, state);
    }
    expect(delays).toEqual([2, 4, 8, 16, 30, 30, 30]);
    expect(state).toMatchObject({ status: 'unconfirmed', found: [] });
  });

  it('says which look failed when the time is over', () => {
    const problem = { kind: 'refused', code: 'UnauthorizedOperation', message: '', requestId: '' };
    const step: Step = {
      type: 'look',
      search: { kind: 'failed', problem: { ...problem, kind: 'refused' } },
    };
    expect(advance(inState(reconciling), step, later(120))?.state).toMatchObject({
      status: 'unconfirmed',
      searchProblem: problem,
    });
  });

  it('is settled by an approver: look again, this one, none', () => {
    const by = anActor('U2');
    const outcomeOf = (intent: Parameters<typeof decide>[2]) =>
      decide(inState(unconfirmed), by, intent, later(5));
    expect(outcomeOf({ type: 'look_again', revision: 1 })).toMatchObject({
      state: { status: 'reconciling', lookAt: later(5), settledAt: later(5) },
    });
    expect(outcomeOf({ type: 'choose_job', revision: 1, jobId: 'dts-2' })).toMatchObject({
      state: { status: 'created', jobId: 'dts-2' },
    });
    expect(outcomeOf({ type: 'choose_job', revision: 1, jobId: 'dts-3' })).toEqual({
      ok: false,
      refusal: { code: 'no_such_job', jobId: 'dts-3' },
    });
    expect(outcomeOf({ type: 'try_again', revision: 1 })).toMatchObject({
      state: { status: 'approved', attempts: 1 },
    });
    const settled = decide(inState(approved), by, { type: 'try_again', revision: 1 }, now);
    expect(settled).toEqual({ ok: false, refusal: { code: 'not_failed' } });
  });
});

it('needs the password only until the call was made', () => {
  expect(needsSecrets(pending)).toBe(true);
  expect(needsSecrets(launching)).toBe(true);
  expect(
    needsSecrets({ status: 'denied', by: { userId: 'U', name: 'U' }, at: now, reason: 'r' }),
  ).toBe(false);
});

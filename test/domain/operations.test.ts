import type { Approval } from '../../src/domain/request/approval';
import type { CallOutcome, CreatedJob, Doubt } from '../../src/domain/request/launchOutcome';
import { type CreationSearch, createJobRules } from '../../src/domain/request/operations/createJob';
import {
  applySearch,
  claim,
  failBeforeCall,
  giveUp,
  hold,
  settle,
  waitForSlack,
} from '../../src/domain/request/operations/lifeCycle';
import { creation } from '../../src/domain/request/operations/operation';
import { type InState, type RequestState, requestState } from '../../src/domain/request/request';
import { eventPayload } from '../../src/domain/request/requestEvent';
import { aRule } from '../support/aRule';

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const approval: Approval = {
  by: { userId: 'UYES', name: 'Approver' },
  at: now,
  revision: 1,
  from: [],
  confirmed: false,
};
const decided = { operation: creation, approvals: [approval] } as const;
const lost: Doubt = { kind: 'no_answer', detail: '' };
const jobs = [
  { jobId: 'dts-1', createTime: '2026-05-04 18:00:00' },
  { jobId: 'dts-2', createTime: '2026-05-04 18:00:01' },
];

const given = {
  approved: { status: 'approved', ...decided, attempts: 0 },
  launching: { status: 'launching', ...decided, attempt: 1, calledAt: now },
  reconciling: {
    status: 'reconciling',
    ...decided,
    attempt: 1,
    calledAt: now,
    doubt: lost,
    looks: 0,
    lookAt: now,
    settledAt: later(120),
  },
  unconfirmed: {
    status: 'unconfirmed',
    ...decided,
    attempt: 1,
    calledAt: now,
    doubt: lost,
    at: now,
    found: jobs,
  },
  created: { status: 'created', approvals: [approval], jobId: 'dts-1', at: now },
  denied: { status: 'denied', by: approval.by, at: now, reason: 'no' },
} as const satisfies { [Status in RequestState['status']]?: InState<Status> };

const rules = createJobRules();
const rule = aRule();
const moment = { at: now, rule };
const settleMs = 120_000;
const created: CallOutcome<CreatedJob> = {
  kind: 'done',
  result: { jobId: 'dts-9', requestId: 'r' },
};
const refused = (code: string) => ({ kind: 'refused', code, message: '', requestId: 'r' }) as const;
const notSent = { kind: 'not_sent', detail: '' } as const;
/** The next repetition of a call, if Ferry may repeat it. */
const retry = { at: later(9), number: 1 };

const settled = (
  state: RequestState,
  outcome: CallOutcome<CreatedJob>,
  { attempt = 1, retry }: { attempt?: number; retry?: { at: Date; number: number } } = {},
) =>
  settle(
    rules,
    state,
    {
      operation: 'create_job',
      attempt,
      outcome,
      ...(retry === undefined ? {} : { retry }),
    },
    { ...moment, settleMs },
  );

describe('given an approved operation', () => {
  it('when it is claimed, then it is launching with the next attempt', () => {
    expect(claim(given.approved, now)).toEqual({
      state: { status: 'launching', ...decided, attempt: 1, calledAt: now },
      event: { type: 'launched', operation: 'create_job', attempt: 1 },
    });
  });

  it('when its retry is not due yet, then it cannot be claimed', () => {
    const next = { at: later(10), number: 3, problem: notSent };
    const waiting = { ...given.approved, attempts: 1, retry: next };
    expect(claim(waiting, later(9))).toBeUndefined();
    expect(claim(waiting, later(10))?.state).toMatchObject({
      ...{ status: 'launching', attempt: 2, retries: 3 },
    });
  });

  it('when its job has another status by now, then the claim says so', () => {
    const from = { status: 'created', approvals: [approval], jobId: 'dts-1', at: now } as const;
    const operation = { name: 'check_job', from, before: 'created' } as const;
    const state = { ...given.approved, operation };
    const claimed = (before?: Parameters<typeof claim>[2]) => claim(state, now, before)?.state;
    expect(claimed({ status: 'check_failed', billing: 'isolated' })).toMatchObject({
      operation: { ...operation, before: 'check_failed', billing: 'isolated' },
    });
    expect(claimed()).toMatchObject({ operation });
  });

  it('when its launch window is closed, then it is held once', () => {
    const held = hold(given.approved, later(60));
    expect(held).toEqual({
      state: { ...given.approved, opensAt: later(60) },
      event: { type: 'held', operation: 'create_job', until: later(60) },
    });
    expect(hold(held?.state ?? given.denied, later(60))).toBeUndefined();
  });

  it('when Slack confirms the approvers outside the launch window, then it is held and no longer waits for Slack', () => {
    const held = { ...given.approved, opensAt: later(60) };
    for (const state of [given.approved, held]) {
      expect(hold({ ...state, unverifiedSince: now }, later(60))?.state).toEqual(held);
    }
  });

  it('when Slack does not confirm the approvers, then it waits, which is recorded once', () => {
    const waiting = waitForSlack(given.approved, now);
    expect(waiting).toEqual({
      state: { ...given.approved, unverifiedSince: now },
      event: { type: 'unverified', operation: 'create_job' },
    });
    expect(waitForSlack(waiting?.state ?? given.denied, later(1))).toBeUndefined();
  });

  it('when the policy no longer allows it, then it fails without a call', () => {
    const problem = { kind: 'rule_unclear' } as const;
    const after = failBeforeCall(rules, { ...given.approved, attempts: 2 }, problem, moment);
    expect(after?.state).toMatchObject({ status: 'failed', attempts: 2 });
    expect(failBeforeCall(rules, given.approved, problem, moment)).toEqual({
      state: { status: 'failed', approvals: [approval], problem, at: now, attempts: 0 },
      event: { type: 'failed', operation: 'create_job', problem },
    });
  });
});

describe('given a call that was made', () => {
  it.each([
    ['launching', given.launching],
    ['reconciling', given.reconciling],
    ['unconfirmed', given.unconfirmed],
  ])('when its response arrives while the request is %s, then the job is created', (_, state) => {
    expect(settled(state, created)).toEqual({
      state: {
        status: 'created',
        approvals: [approval],
        jobId: 'dts-9',
        requestId: 'r',
        at: now,
      },
      event: { type: 'created', how: 'answered', jobId: 'dts-9', requestId: 'r' },
    });
  });

  it.each([
    ['the call was not made', 'approved', notSent],
    ['Tencent Cloud asks to slow down', 'approved', refused('RequestLimitExceeded')],
    ['an account limit says so', 'approved', refused('RequestLimitExceeded.UinLimitExceeded')],
    ['Tencent Cloud rejects it', 'failed', refused('InternalError.DatabaseError')],
    ['such a job exists already', 'reconciling', refused('InternalError.DuplicateJob')],
  ] as const)(
    'when %s and attempts are left, then the request becomes %s',
    (_, status, problem) => {
      const outcome = { kind: 'failed', problem } as const;
      expect(settled(given.launching, outcome, { retry })?.state.status).toBe(status);
    },
  );

  it('when the call was not made and no attempts are left, then it fails', () => {
    const outcome = { kind: 'failed', problem: notSent } as const;
    const numbered = { ...given.launching, attempt: 4 };
    expect(settled(numbered, outcome, { attempt: 4 })?.state).toEqual({
      // The next call gets another number, so a late outcome of this one never counts for it.
      ...{ status: 'failed', approvals: [approval], problem: notSent, at: now, attempts: 4 },
    });
  });

  it('when no response arrives, then Ferry searches for the effect, whatever attempts are left', () => {
    const outcome = { kind: 'unknown', doubt: lost } as const;
    expect(settled(given.launching, outcome, { retry })).toEqual({
      state: given.reconciling,
      event: { type: 'answer_lost', operation: 'create_job', doubt: lost },
    });
    expect(settled(given.reconciling, outcome)).toBeUndefined();
  });

  it('when its process has ended, then Ferry searches for the effect', () => {
    expect(giveUp(given.launching, now, settleMs)).toMatchObject({
      state: { status: 'reconciling', doubt: { kind: 'interrupted' }, settledAt: later(120) },
      event: { type: 'answer_lost' },
    });
  });

  it.each([
    ['a later call was made', { ...given.launching, attempt: 2 }],
    ['another job was found', given.created],
    ['the request was denied', given.denied],
  ] as const)('when its response arrives after %s, then the second job is reported', (_, state) => {
    expect(settled(state, created)).toEqual({
      state,
      event: { type: 'stray_job', attempt: 1, jobId: 'dts-9' },
    });
  });

  it('when its response confirms the job that was found, then nothing changes', () => {
    const same = { kind: 'done', result: { jobId: 'dts-1' } } as const;
    expect(settled(given.created, same)).toBeUndefined();
  });

  it.each(['failed', 'unknown'] as const)(
    'when its response is late and %s, then nothing changes, whatever became of the request',
    (kind) => {
      const outcome: CallOutcome<CreatedJob> =
        kind === 'failed' ? { kind, problem: notSent } : { kind, doubt: lost };
      const states = [given.created, given.denied, { ...given.launching, attempt: 2 }];
      for (const state of states) expect(settled(state, outcome)).toBeUndefined();
    },
  );
});

describe('given a call with an unknown outcome', () => {
  const found = (most: number, isUnsure = false): CreationSearch => ({
    kind: 'found',
    jobs: jobs.slice(0, most),
    isUnsure,
  });
  const duplicate = {
    ...given.reconciling,
    doubt: { ...refused('InternalError.DuplicateJob'), kind: 'duplicate' },
  } as const;

  it('when one job matches, then it belongs to the request', () => {
    expect(applySearch(rules, given.reconciling, found(1), moment)).toEqual({
      state: { status: 'created', approvals: [approval], jobId: 'dts-1', at: now },
      event: { type: 'created', how: 'found', jobId: 'dts-1' },
    });
  });

  it.each([
    ['several jobs match', given.reconciling, found(2), jobs],
    [
      'one matches, and the outcome of another request is unknown too',
      given.reconciling,
      found(1, true),
      [jobs[0]],
    ],
    ['several are the duplicate', duplicate, found(2), jobs],
  ] as const)('when %s, then a person decides', (_, state, search, expected) => {
    expect(applySearch(rules, state, search, moment)).toMatchObject({
      state: { status: 'unconfirmed', found: expected },
      event: { type: 'unconfirmed', operation: 'create_job', found: expected },
    });
  });

  it('when no job matches for two minutes, then searches become rarer and a person decides', () => {
    let state: RequestState = given.reconciling;
    let at = now;
    const delays: number[] = [];
    for (;;) {
      const next: RequestState | undefined = applySearch(rules, state, found(0), {
        at,
        rule,
      })?.state;
      if (next?.status !== 'reconciling') {
        expect(next).toMatchObject({ status: 'unconfirmed', found: [] });
        break;
      }
      delays.push((next.lookAt.getTime() - at.getTime()) / 1_000);
      at = next.lookAt;
      state = next;
    }
    expect(delays).toEqual([2, 4, 8, 16, 30, 30, 30]);
  });

  it('when the last search fails, then its problem is kept for the person who decides', () => {
    const problem = refused('UnauthorizedOperation');
    const search = { kind: 'failed', problem } as const;
    expect(
      applySearch(rules, given.reconciling, search, { at: later(120), rule })?.state,
    ).toMatchObject({
      status: 'unconfirmed',
      found: [],
      searchProblem: problem,
    });
    expect(applySearch(rules, given.reconciling, search, moment)?.event.type).toBe('looked');
  });

  it('when the duplicate belongs to another request, then the rejection stays', () => {
    const problem = refused('InternalError.DuplicateJob');
    expect(applySearch(rules, duplicate, found(0), moment)).toMatchObject({
      state: { status: 'failed', problem },
      event: { type: 'failed', problem },
    });
  });

  it('when the next search is not due yet, then its result is ignored', () => {
    const waiting = { ...given.reconciling, lookAt: later(1) };
    expect(applySearch(rules, waiting, found(1), moment)).toBeUndefined();
  });
});

test.each(Object.values(given))('a step that does not fit $status changes nothing', (state) => {
  const { status } = state;
  const changed = (step: object | undefined) => step !== undefined;
  expect({
    claim: changed(claim(state, now)),
    hold: changed(hold(state, later(1))),
    waitForSlack: changed(waitForSlack(state, now)),
    refuse: changed(failBeforeCall(rules, state, notSent, moment)),
    giveUp: changed(giveUp(state, now, settleMs)),
    applySearch: changed(
      applySearch(rules, state, { kind: 'found', jobs: [], isUnsure: false }, moment),
    ),
  }).toEqual({
    claim: status === 'approved',
    hold: status === 'approved',
    waitForSlack: status === 'approved',
    refuse: status === 'approved',
    giveUp: status === 'launching',
    applySearch: status === 'reconciling',
  });
});

describe('given data from an earlier version', () => {
  it('when a state names no operation, then it concerns the creation of the job', () => {
    for (const { operation, ...stored } of [given.approved, given.launching, given.reconciling]) {
      expect(requestState.parse(JSON.parse(JSON.stringify(stored)))).toMatchObject({ operation });
    }
  });

  it('when an event names no operation, then it concerns the creation of the job', () => {
    expect(eventPayload.parse({ type: 'launched', attempt: 1 })).toEqual({
      type: 'launched',
      operation: 'create_job',
      attempt: 1,
    });
  });
});

import type { People } from '../../src/domain/people/people';
import type { Membership, Standing } from '../../src/domain/people/person';
import type { Rule } from '../../src/domain/policy/policy';
import { type Alteration, alterations } from '../../src/domain/record/recordedRow';
import {
  type Actor,
  type Deciding,
  eligibilityFor,
  refusalOfAuthor,
  refusalOfPerson,
} from '../../src/domain/request/eligibility';
import { creation } from '../../src/domain/request/operations/operation';
import type { InState, RequestState } from '../../src/domain/request/request';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const at = new Date('2026-05-04T10:00:00Z');
const user = (userId: string): People => ({ kind: 'user', userId });
const requester: People = { kind: 'requester' };
const rule = aRule({
  ...{ approvers: [user('UAPPROVES')], deniers: [user('UDENIES')], editors: [user('UEDITS')] },
  ...{ retriers: [user('URETRIES')], breakGlass: [user('UBREAKS')] },
});

const pending: RequestState = {
  ...{ status: 'pending', operation: creation, approvals: [], attempts: 0, reminders: 0 },
};
const created: InState<'created'> = { status: 'created', approvals: [], jobId: 'dts-1', at };
const modifying: RequestState = {
  ...pending,
  operation: {
    ...{ name: 'modify_job', from: created, before: 'created' },
    previous: aRequest(),
  },
};
const failed: RequestState = {
  ...{ status: 'failed', approvals: [], problem: { kind: 'not_sent', detail: '' }, at },
};
const unconfirmed: RequestState = {
  ...{ status: 'unconfirmed', operation: creation, approvals: [], attempt: 1, calledAt: at },
  ...{ doubt: { kind: 'interrupted' }, at, found: [] },
};
const given = (state: RequestState, of: Rule = rule) =>
  aRequest({ state, rule: of, editors: ['UEDITOR'] });
const author = given(pending).requester.userId;

const resume = { type: 'resume_job', option: 'normal' } as const;
const clear = { type: 'resume_job', option: 'clearData' } as const;

it.each<[Deciding, RequestState, readonly People[] | undefined]>([
  [{ type: 'approve' }, pending, rule.approvers],
  [{ type: 'deny' }, pending, rule.deniers],
  [{ type: 'break_glass' }, pending, rule.breakGlass],
  [{ type: 'edit' }, pending, rule.editors],
  [{ type: 'modify_job' }, created, rule.editors],
  [{ type: 'try_again' }, failed, rule.retriers],
  [{ type: 'try_again' }, unconfirmed, rule.approvers],
  [{ type: 'look_again' }, unconfirmed, rule.approvers],
  [{ type: 'choose_job' }, unconfirmed, rule.approvers],
  [{ type: 'check_job' }, created, [requester, ...rule.approvers]],
  [{ type: 'stop_job' }, created, rule.approvers],
  [resume, created, [requester, ...rule.approvers]],
  [clear, created, rule.approvers],
  // Anyone can do this, on their own request or approval.
  [{ type: 'withdraw' }, pending, undefined],
  [{ type: 'take_back' }, pending, undefined],
])('the list for %j on a request that is $status', (action, state, list) => {
  expect(eligibilityFor(given(state), 'UOTHER', action)).toEqual(
    list === undefined ? { kind: 'unlisted' } : { kind: 'listed', list },
  );
});

describe('the requester and an editor', () => {
  const refusalsOf = (action: Deciding, state: RequestState, of: Rule) =>
    [author, 'UEDITOR', 'UOTHER'].map((userId) => {
      const refusal = refusalOfAuthor(given(state, of), userId, action);
      expect(eligibilityFor(given(state, of), userId, action)).toMatchObject(
        refusal === undefined ? {} : { kind: 'author', refusal },
      );
      return refusal?.code;
    });

  it.each<[Deciding, RequestState, string | undefined, string | undefined]>([
    [{ type: 'approve' }, pending, 'own_request', 'own_edit'],
    [{ type: 'approve' }, modifying, 'own_job', 'own_edit'],
    [{ type: 'take_back' }, pending, 'own_request', undefined],
    [{ type: 'deny' }, pending, 'own_request', undefined],
    [{ type: 'look_again' }, unconfirmed, 'own_outcome', undefined],
    [{ type: 'choose_job' }, unconfirmed, 'own_outcome', undefined],
    [{ type: 'try_again' }, unconfirmed, 'own_outcome', undefined],
    [{ type: 'try_again' }, failed, undefined, undefined],
    [{ type: 'break_glass' }, pending, undefined, undefined],
    [{ type: 'withdraw' }, pending, undefined, undefined],
    [{ type: 'edit' }, pending, undefined, undefined],
    [{ type: 'modify_job' }, created, undefined, undefined],
    [{ type: 'stop_job' }, created, 'own_job', 'own_edit'],
    [{ type: 'check_job' }, created, undefined, undefined],
    [resume, created, undefined, undefined],
    [clear, created, 'own_job', 'own_edit'],
  ])('may not decide on it: %j', (action, state, ...refusals) => {
    expect(refusalsOf(action, state, rule)).toEqual([...refusals, undefined]);
  });

  it.each<[Deciding, RequestState, string | undefined]>([
    [{ type: 'approve' }, pending, undefined],
    [{ type: 'take_back' }, pending, undefined],
    [{ type: 'stop_job' }, created, undefined],
    [{ type: 'deny' }, pending, 'own_request'],
    [{ type: 'look_again' }, unconfirmed, 'own_outcome'],
  ])('may approve it if the list of approvers has the requester: %j', (action, state, refusal) => {
    const admitting = { ...rule, approvers: [...rule.approvers, requester] };
    expect(refusalsOf(action, state, admitting)).toEqual([refusal, undefined, undefined]);
  });

  it.each<[Deciding, string | undefined, string | undefined]>([
    [{ type: 'deny' }, undefined, undefined],
    [{ type: 'approve' }, 'own_request', 'own_edit'],
  ])('may deny it if that list has the requester: %j', (action, ...refusals) => {
    const admitting = { ...rule, deniers: [requester] };
    expect(refusalsOf(action, pending, admitting)).toEqual([...refusals, undefined]);
  });
});

/** Why a person may not act, or `undefined`. */
function refusalFor(
  request: ReturnType<typeof given>,
  action: Deciding,
  { userId = 'UOTHER', standing = 'member', listed = 'yes' }: Partial<Actor> = {},
) {
  const eligibility = eligibilityFor(request, userId, action);
  const today = { rule: request.rule, approvers: new Map() };
  const actor = { userId, name: '', standing, eligibility, listed, from: [], today };
  return refusalOfPerson(request, actor, action);
}

it.each<[Deciding, RequestState, string, string]>([
  [{ type: 'deny' }, pending, 'not_allowed', 'list_unknown'],
  [{ type: 'edit' }, pending, 'not_allowed', 'list_unknown'],
  [{ type: 'modify_job' }, created, 'not_allowed', 'list_unknown'],
  [{ type: 'break_glass' }, pending, 'not_allowed', 'list_unknown'],
  [{ type: 'try_again' }, failed, 'not_allowed', 'list_unknown'],
  [{ type: 'try_again' }, unconfirmed, 'not_an_approver', 'approvers_unknown'],
  [{ type: 'approve' }, pending, 'not_an_approver', 'approvers_unknown'],
  [{ type: 'look_again' }, unconfirmed, 'not_an_approver', 'approvers_unknown'],
  [{ type: 'stop_job' }, created, 'not_for_job', 'approvers_unknown'],
  [resume, created, 'not_for_job', 'approvers_unknown'],
])('%j by a person who is not in its list, or perhaps not', (action, state, no, unknown) => {
  const codeFor = (listed: Membership) => refusalFor(given(state), action, { listed })?.code;
  expect([codeFor('yes'), codeFor('no'), codeFor('unknown')]).toEqual([undefined, no, unknown]);
});

it('a withdrawal is for the requester, and revoking an approval needs no list', () => {
  const by = (userId: string, listed: Membership, type: 'withdraw' | 'take_back') =>
    refusalFor(given(pending), { type }, { userId, listed });
  for (const listed of ['yes', 'no'] as const) {
    expect(by(author, listed, 'withdraw')).toBeUndefined();
    expect(by('UOTHER', listed, 'withdraw')).toEqual({ code: 'not_your_request' });
    expect(by('UOTHER', listed, 'take_back')).toBeUndefined();
  }
});

it('an author is refused for that reason, even if a list names them', () => {
  const by = (standing: Standing) =>
    refusalFor(given(pending), { type: 'approve' }, { userId: author, standing });
  expect(by('member')).toEqual({ code: 'own_request' });
  expect(by('guest')).toEqual({ code: 'own_request' });
});

describe('a guest', () => {
  const guest: { standing: Standing } = { standing: 'guest' };

  it('may act if the list names that user', () => {
    const may = (userId: string) =>
      refusalFor(given(pending), { type: 'approve' }, { ...guest, userId });
    expect(may('UAPPROVES')).toBeUndefined();
    expect(may('UDENIES')).toEqual({ code: 'guest' });
  });

  it('may revoke an approval if a list for approvals names that user', () => {
    const revoke = (userId: string, state: RequestState = pending, of: Rule = rule) =>
      refusalFor(given(state, of), { type: 'take_back' }, { ...guest, userId, listed: 'no' });
    expect(revoke('UAPPROVES')).toBeUndefined();
    expect(revoke('UBREAKS')).toBeUndefined();
    expect(revoke('UDENIES')).toEqual({ code: 'guest' });
    expect(revoke('UOTHER')).toEqual({ code: 'guest' });
    const decision = { people: [user('UMODIFIES')], required: 1, oneFromEach: [] };
    const separate = { ...rule, operations: { modify_job: decision } };
    expect(revoke('UMODIFIES', modifying, separate)).toBeUndefined();
    expect(revoke('UAPPROVES', modifying, separate)).toEqual({ code: 'guest' });
  });

  it('may withdraw their own request if the rule names them as a requester', () => {
    const withdraw = (userId: string, requesters?: readonly People[]) => {
      const request = given(pending, { ...rule, ...(requesters && { requesters }) });
      return refusalFor(request, { type: 'withdraw' }, { ...guest, userId });
    };
    expect(withdraw(author, [user(author)])).toBeUndefined();
    expect(withdraw(author, [user('UOTHER')])).toEqual({ code: 'guest' });
    expect(withdraw('UOTHER', [user('UOTHER')])).toEqual({ code: 'guest' });
    expect(withdraw(author)).toEqual({ code: 'guest' });
  });
});

describe('a request that was altered', () => {
  const codeFor = (action: Deciding, altered: readonly Alteration[], userId?: string) =>
    refusalFor({ ...given(pending), altered }, action, userId === undefined ? {} : { userId });

  it.each(alterations)('leads to no call, but can be ended: %s', (part) => {
    const refusal = { code: 'record_altered', parts: [part] };
    for (const type of ['approve', 'break_glass', 'try_again', 'stop_job', 'modify_job'] as const) {
      expect({ type, refusal: codeFor({ type }, [part]) }).toEqual({ type, refusal });
    }
    for (const type of ['deny', 'take_back', 'look_again', 'choose_job'] as const) {
      expect({ type, refusal: codeFor({ type }, [part]) }).toEqual({ type, refusal: undefined });
    }
    expect(codeFor({ type: 'withdraw' }, [part], author)).toBeUndefined();
  });

  it('can be edited if that replaces all altered parts', () => {
    const fixed = ['request', 'revision', 'event'] as const;
    for (const part of alterations) {
      const isFixed = fixed.some((each) => each === part);
      const refusal = isFixed ? { code: 'record_altered', parts: [part] } : undefined;
      expect({ part, refusal: codeFor({ type: 'edit' }, [part]) }).toEqual({ part, refusal });
    }
    expect(codeFor({ type: 'edit' }, alterations)).toMatchObject({ code: 'record_altered' });
    expect(codeFor({ type: 'edit' }, [])).toBeUndefined();
  });
});

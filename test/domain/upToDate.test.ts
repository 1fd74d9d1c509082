import type { Membership, Standing } from '../../src/domain/people/person';
import type { Rule } from '../../src/domain/policy/policy';
import type { Approval } from '../../src/domain/request/approval';
import { creation, type OperationOnJob } from '../../src/domain/request/operations/operation';
import type { InState, MigrationRequest } from '../../src/domain/request/request';
import { type ApproverFacts, review } from '../../src/domain/request/review';
import { beginning, bringUpToDate, type Update, waitFrom } from '../../src/domain/request/waiting';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const approvalBy = (userId: string, changes: Partial<Approval> = {}): Approval => ({
  ...{ by: { userId, name: userId }, at: now, revision: 1, from: [], confirmed: false },
  ...changes,
});
const facts = (changes: Partial<ApproverFacts> = {}): ApproverFacts => ({
  ...{ standing: 'member', listed: 'yes', from: [] },
  ...changes,
});
const known = (approvers: Readonly<Record<string, ApproverFacts>>) =>
  new Map(Object.entries(approvers));

const updated = (
  state: MigrationRequest['state'],
  [agreed, today]: readonly [Rule, Rule],
  approvers: Readonly<Record<string, ApproverFacts>> = {},
): Update => {
  const request = aRequest({ rule: agreed, state });
  return bringUpToDate(request, { rule: today, approvers: known(approvers) }, later(100));
};

function needed(update: Update): Extract<Update, { kind: 'needed' }> {
  if (update.kind !== 'needed') throw new Error(update.kind);
  return update;
}

const daySeconds = 86_400;
const usual = aRule();
const timed = aRule({ expiryMs: 60_000, reminders: { afterMs: [30_000], mention: [] } });
/** Waits since `later(100)` by the times of `timed`. */
const timesOfTimed = {
  ...{ since: later(100), reminders: 0, remindAt: later(130), expireAt: later(160) },
};
const lapsedBy = (userId: string) => ({ userId, because: 'not_an_approver' });
const gone = facts({ listed: 'no' });

const created: InState<'created'> = {
  ...{ status: 'created', approvals: [approvalBy('U1')], jobId: 'dts-1', at: now },
};
const prepared: InState<'prepared'> = {
  ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at: now, since: now, reminders: 2 },
};
const approvedBy = (
  userIds: readonly string[],
  operation: OperationOnJob | typeof creation = creation,
): InState<'approved'> => ({
  ...{ status: 'approved', operation, attempts: 2 },
  approvals: userIds.map((userId) => approvalBy(userId)),
});

describe('an approved request right before its call', () => {
  it('stays as it is if its approvals still count', () => {
    expect(updated(approvedBy(['U1']), [usual, usual], { U1: facts() })).toEqual({ kind: 'none' });
  });

  it('waits again by today’s times if an approval lapsed, and keeps its attempts', () => {
    expect(updated(approvedBy(['U1']), [timed, timed], { U1: gone })).toEqual({
      kind: 'needed',
      transition: {
        state: {
          ...{ status: 'pending', operation: creation, approvals: [], attempts: 2 },
          ...timesOfTimed,
        },
        event: { type: 'approvals_lapsed', lapsed: [lapsedBy('U1')], reopened: true },
        rule: timed,
      },
    });
  });

  it('keeps the time of its retry while enough approvals count', () => {
    const problem = { kind: 'not_sent', detail: '' } as const;
    const retry = { at: later(300), number: 1, problem };
    const state = { ...approvedBy(['U1', 'U2']), retry };
    const people = { U1: gone, U2: facts() };
    expect(updated(state, [usual, usual], people)).toMatchObject({
      transition: {
        state: { status: 'approved', attempts: 2, retry, approvals: [{ by: { userId: 'U2' } }] },
        event: { lapsed: [lapsedBy('U1')], reopened: false },
      },
    });
    const waitsForNothing = updated(approvedBy(['U1', 'U2']), [usual, usual], people);
    expect(waitsForNothing).not.toMatchObject({ transition: { state: { retry: {} } } });
  });

  it('keeps its launch window under another rule only if the window opens at the same time', () => {
    const night = (from: string): Rule['windows'][number] => ({
      ...{ days: ['mon'], from, to: '23:00', timeZone: 'UTC' },
    });
    const under = (...windows: Rule['windows']) => aRule({ windows });
    const held = { ...approvedBy(['U1']), opensAt: new Date('2026-05-04T20:00:00Z') };
    const openingUnder = (today: Rule) => {
      const { state } = needed(
        updated(held, [under(night('20:00')), today], { U1: facts() }),
      ).transition;
      return state.status === 'approved' ? state.opensAt : state.status;
    };
    const { opensAt } = held;
    expect(openingUnder({ ...under(night('20:00')), name: 'other' })).toEqual(opensAt);
    expect(openingUnder(under(night('22:00'), night('20:00')))).toEqual(opensAt);
    expect(openingUnder(under(night('22:00')))).toBeUndefined();
    expect(openingUnder(under(night('09:00')))).toBeUndefined();
    expect(openingUnder(under())).toBeUndefined();
    const start = { name: 'start_job', from: prepared, before: 'check_passed' } as const;
    const decisive = { ...held, operation: start };
    const other = { ...under(night('20:00')), name: 'other' };
    expect(updated(decisive, [under(night('20:00')), other], { U1: facts() })).toMatchObject({
      transition: { state: { opensAt } },
    });
    // It does not wait for a window.
    const open = needed(updated(approvedBy(['U1']), [usual, other], { U1: facts() })).transition;
    expect(open.state).not.toHaveProperty('opensAt');
  });

  it('waits again if all approvers are known but nobody is left in a list that the rule needs', () => {
    const dbas = [{ kind: 'group', groupId: 'S1' }] as const;
    const listed = aRule({ oneFromEach: [dbas] });
    const state = { ...approvedBy([]), approvals: [approvalBy('U1', { from: [dbas] })] };
    const from = (answer: Membership) => ({ U1: facts({ from: [answer] }) });
    expect(updated(state, [listed, listed], from('yes'))).toEqual({ kind: 'none' });
    expect(updated(state, [listed, listed], from('unknown'))).toEqual({ kind: 'unknown' });
    expect(updated(state, [listed, listed], from('no'))).toMatchObject({
      transition: {
        state: { status: 'pending', approvals: [{ by: { userId: 'U1' }, from: [] }] },
        event: { type: 'approvals_lapsed', lapsed: [], reopened: true },
      },
    });
  });

  it('waits for the approval of its start again if the job was created before', () => {
    const before = { ...prepared, attempts: 1 };
    const start = { name: 'start_job', from: before, before: 'check_passed' } as const;
    expect(updated(approvedBy(['U1'], start), [timed, timed], { U1: gone })).toMatchObject({
      transition: { state: { ...before, attempts: 2, ...timesOfTimed } },
    });
  });

  it('waits for another decision on the operation if the operation has its own', () => {
    const stop = { name: 'stop_job', from: created, before: 'running' } as const;
    expect(updated(approvedBy(['U1'], stop), [timed, timed], { U1: gone })).toMatchObject({
      transition: {
        state: { status: 'pending', operation: stop, approvals: [], attempts: 2, ...timesOfTimed },
        event: { operation: 'stop_job', reopened: true },
      },
    });
  });
});

describe('an operation that the policy decided', () => {
  const automatic = aRule({ automatic: ['check_job'] });
  const check = { name: 'check_job', from: created, before: 'created' } as const;

  it('is left to people once another rule applies', () => {
    expect(updated(approvedBy([], check), [automatic, automatic])).toEqual({ kind: 'none' });
    for (const today of [usual, { ...automatic, required: 2 }]) {
      expect(updated(approvedBy([], check), [automatic, today])).toEqual({
        kind: 'needed',
        transition: { state: created, event: { type: 'not_automatic', operation: 'check_job' } },
      });
    }
  });

  it('is left to people once the start time of the job has passed', () => {
    const rule = aRule({ automatic: ['start_job'] });
    const start = { name: 'start_job', from: created, before: 'check_passed' } as const;
    const { parameters } = aDraft({
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(later(60).getTime() / 1_000),
    });
    const request = aRequest({ rule, parameters, state: approvedBy([], start) });
    const updatedAt = (seconds: number) =>
      bringUpToDate(request, { rule, approvers: known({}) }, later(seconds));
    expect(updatedAt(59)).toEqual({ kind: 'none' });
    expect(updatedAt(60)).toEqual({
      kind: 'needed',
      transition: {
        state: created,
        event: { type: 'not_automatic', operation: 'start_job', missed: later(60) },
      },
    });
  });

  it('is not left to people if it deletes a job that nobody needs', () => {
    const from: InState<'discarding'> = {
      ...{ status: 'discarding', jobId: 'dts-1', at: now, next: { status: 'expired', at: now } },
    };
    const operation = { name: 'delete_job', from, before: 'created' } as const;
    expect(updated(approvedBy([], operation), [automatic, usual])).toEqual({ kind: 'none' });
  });
});

describe('the creation of a job before its approval', () => {
  const early = aRule({ name: 'early', approve: 'before_start' });
  const state = approvedBy([]);

  it('begins at once, and under any other rule waits for approvals', () => {
    expect(beginning(early, now)).toEqual({ ...state, attempts: 0 });
    expect(beginning(early, now, 3)).toMatchObject({ status: 'approved', attempts: 3 });
    expect(beginning(timed, now, 3)).toEqual(waitFrom(timed, now, creation, 3));
  });

  it('goes on under another rule that allows it, which is recorded', () => {
    expect(updated(state, [early, early])).toEqual({ kind: 'none' });
    const today = { ...early, name: 'other', required: 2 };
    expect(updated(state, [early, today])).toEqual({
      kind: 'needed',
      transition: {
        state,
        event: {
          isNews: false,
          ...{ type: 'rule_changed', from: 'early', to: 'other' },
          ...{ voided: 0, lapsed: [], reopened: false },
        },
        rule: today,
      },
    });
  });

  it('waits for approvals by today’s times if today’s rule does not allow it', () => {
    expect(updated(state, [early, timed])).toEqual({
      kind: 'needed',
      transition: {
        state: {
          ...{ status: 'pending', operation: creation, approvals: [], attempts: 2 },
          ...timesOfTimed,
        },
        event: {
          ...{ type: 'rule_changed', from: 'early', to: 'usual' },
          ...{ voided: 0, lapsed: [], isUnapproved: true, reopened: true },
        },
        rule: timed,
      },
    });
  });

  it('waits for approvals if neither the rule of then nor today’s allows it', () => {
    expect(updated(state, [usual, usual])).toMatchObject({
      transition: {
        state: { status: 'pending', approvals: [] },
        event: { type: 'approvals_lapsed', lapsed: [], reopened: true },
      },
    });
  });
});

describe('a request that waits', () => {
  it('keeps its approvals and gets today’s times if Slack does not know its approvers', () => {
    const state = { ...waitFrom(usual, now), approvals: [approvalBy('U1')] };
    const unknown = { U1: facts({ listed: 'unknown' }) };
    expect(updated(state, [usual, usual], unknown)).toEqual({ kind: 'none' });
    expect(updated(state, [usual, timed], unknown)).toMatchObject({
      transition: {
        state: { status: 'pending', approvals: [{ by: { userId: 'U1' } }], remindAt: later(30) },
        event: { type: 'rule_changed', voided: 0 },
      },
    });
  });

  const [dbas, owners] = [
    { kind: 'group', groupId: 'S1' },
    { kind: 'group', groupId: 'S2' },
  ] as const;
  const both = aRule({ approvers: [dbas, owners], oneFromEach: [[dbas], [owners, dbas]] });
  it.each<[string, Partial<Rule>, boolean]>([
    ['the name', { name: 'Production' }, true],
    ['the approvers', { approvers: [dbas] }, true],
    ['the number', { required: 2 }, true],
    ['the lists', { oneFromEach: [[dbas]] }, true],
    ['the confirmation', { confirmDestination: true }, true],
    ['the expiry', { expiryMs: 60_000 }, true],
    ['what is approved', { approve: 'before_start' }, true],
    ['the order of the approvers', { approvers: [owners, dbas] }, false],
    ['the order of the lists', { oneFromEach: [[dbas, owners], [dbas]] }, false],
    ['the default, in words', { approve: 'before_creation' }, false],
    ['the reminders', { reminders: { afterMs: [30_000], mention: [] } }, false],
    ['unstarted jobs', { idleAfterMs: 60_000 }, false],
    ['retriers', { retriers: [dbas] }, false],
    ['an operation', { operations: { stop_job: { ...both, people: [dbas] } } }, false],
  ])('has today’s rule. Its thread says so, as it changes %s: %s %s', (_, change, isNews) => {
    const today = { ...both, ...change };
    for (const state of [waitFrom(both, now), prepared]) {
      const { event, rule } = needed(updated(state, [both, today])).transition;
      expect(rule).toEqual(today);
      expect(event.type === 'rule_changed' && event.isNews !== false).toBe(isNews);
    }
  });

  it('for an operation says what changes for the people who decide on it', () => {
    const stop = { name: 'stop_job', from: created, before: 'running' } as const;
    const news = (change: Partial<Rule>) => {
      const { event } = needed(
        updated(waitFrom(both, now, stop), [both, { ...both, ...change }]),
      ).transition;
      return event.type === 'rule_changed' && event.isNews !== false;
    };
    expect(news({ operations: { stop_job: { ...both, people: [dbas] } } })).toBe(true);
    expect(news({ required: 2 })).toBe(false);
  });

  it('has the times since it was requested if an earlier version stored no time', () => {
    const { since: _, ...state } = waitFrom(usual, now);
    expect(updated(state, [usual, timed])).toMatchObject({
      transition: { state: { since: now, remindAt: later(30) } },
    });
    const unlimited = aRule({ expiryMs: undefined, required: 2 });
    expect(updated(state, [usual, unlimited])).toMatchObject({
      transition: { state: { since: now } },
    });
  });

  it.each([
    ['a day later if the new expiry has passed', 7 * daySeconds, 60, 100 + daySeconds],
    ['a day later if the new expiry is sooner', 7 * daySeconds, 3_600, 100 + daySeconds],
    ['at the new expiry if that is later', 7 * daySeconds, 2 * daySeconds, 2 * daySeconds],
    ['when it would have expired before, if that is sooner', 3_600, 60, 3_600],
    ['a day later if it never expired before', undefined, 60, 100 + daySeconds],
    ['at a longer expiry', 3_600, 7_200, 7_200],
    ['never if the new rule says so', 3_600, undefined, undefined],
  ])('under a rule with another expiry expires %s', (_, before, after, expected) => {
    const expiring = (seconds?: number): Rule =>
      aRule({ expiryMs: seconds === undefined ? undefined : seconds * 1_000 });
    const state = waitFrom(expiring(before), now);
    const { transition } = needed(updated(state, [expiring(before), expiring(after)]));
    expect(transition.state).toMatchObject({ status: 'pending', since: now });
    const due = expected === undefined ? {} : { expireAt: later(expected) };
    expect('expireAt' in transition.state ? { expireAt: transition.state.expireAt } : {}).toEqual(
      due,
    );
  });

  it('is left alone if it was altered, or is not open', () => {
    const today = { rule: timed, approvers: known({ U1: gone }) };
    const altered = aRequest({ state: approvedBy(['U1']), altered: ['state'] });
    expect(bringUpToDate(altered, today, now)).toEqual({ kind: 'none' });
    const failed: InState<'failed'> = {
      ...{ status: 'failed', approvals: [approvalBy('U1')], at: now },
      problem: { kind: 'not_sent', detail: '' },
    };
    expect(updated(failed, [usual, timed], { U1: gone })).toEqual({ kind: 'none' });
  });
});

describe('a job whose operations people decide on', () => {
  const creating = aRule({ approve: 'before_start' });
  const discarding: InState<'discarding'> = {
    ...{ status: 'discarding', jobId: 'dts-1', at: now },
    next: { status: 'approved', operation: creation, approvals: [], attempts: 1 },
  };
  const ending: InState<'discarding'> = { ...discarding, next: { status: 'expired', at: now } };

  const searching: InState<'reconciling'> = {
    ...{ status: 'reconciling', operation: creation, approvals: [approvalBy('U1')], attempt: 1 },
    ...{ calledAt: now, doubt: { kind: 'interrupted' }, looks: 0, lookAt: now, settledAt: now },
  };

  it.each([created, discarding, ending, searching])(
    'has today’s rule, which its thread doesn’t say',
    (state) => {
      expect(updated(state, [usual, usual])).toEqual({ kind: 'none' });
      expect(updated(state, [usual, timed], { U1: gone })).toEqual({
        kind: 'needed',
        transition: {
          state,
          event: {
            ...{ type: 'rule_changed', from: usual.name, to: timed.name, isNews: false },
            ...{ voided: 0, lapsed: [], reopened: false },
          },
          rule: timed,
        },
      });
    },
  );

  it.each([
    ['the job is created again', discarding, [usual, creating], creating.name],
    ['the job is created again, as before', discarding, [creating, timed], undefined],
    ['the rule did so before', discarding, [creating, { ...creating, windows: [] }], undefined],
    ['no job is created again', ending, [usual, creating], undefined],
    ['the job exists', created, [usual, creating], undefined],
  ] as const)('says which rule now creates a job before its approval, if %s', (...row) => {
    const [, state, [agreed, today], automatic] = row;
    const other = { ...today, required: 2 };
    const { event } = needed(updated(state, [agreed, other])).transition;
    expect(event.type === 'rule_changed' && event.automatic).toEqual(automatic);
  });
});

describe('an unknown outcome', () => {
  const unconfirmed: InState<'unconfirmed'> = {
    ...{ status: 'unconfirmed', operation: creation, approvals: [approvalBy('U1')], attempt: 1 },
    ...{ calledAt: now, doubt: { kind: 'interrupted' }, at: now, found: [] },
  };

  it.each([
    ['the first', unconfirmed, { ...unconfirmed, remindAt: later(30) }],
    [
      'no other',
      { ...unconfirmed, reminders: 1, remindAt: later(40) },
      { ...unconfirmed, reminders: 1 },
    ],
  ])('has today’s rule and keeps its approvals: %s reminder follows', (_, state, expected) => {
    const { transition } = needed(updated(state, [usual, timed], { U1: gone }));
    expect(transition.state).toEqual(expected);
    expect(transition).toMatchObject({
      event: { type: 'rule_changed', lapsed: [], reopened: false, isNews: false },
      rule: timed,
    });
    expect(updated(state, [usual, usual], { U1: gone })).toEqual({ kind: 'none' });
    const others = aRule({ approvers: [{ kind: 'user', userId: 'U9' }] });
    const { event } = needed(updated(state, [usual, others], { U1: gone })).transition;
    expect(event).not.toHaveProperty('isNews');
  });
});

describe('an approval', () => {
  const requesterToo = aRule({ approvers: [...usual.approvers, { kind: 'requester' }] });
  const reviewed = (
    approval: Approval,
    today: Rule = usual,
    about: ApproverFacts | null = facts(),
    editors: readonly string[] = [],
  ) => {
    const state = { ...waitFrom(usual, now), approvals: [approval] };
    const request = aRequest({ state, editors, revision: 2 });
    const approvers = about === null ? {} : { [approval.by.userId]: about };
    const result = review(request, [approval], { rule: today, approvers: known(approvers) });
    if (result.kind === 'unknown') return 'unknown';
    return result.lapsed[0]?.because ?? 'counts';
  };
  const second = (userId: string, changes: Partial<Approval> = {}) =>
    approvalBy(userId, { revision: 2, ...changes });
  const emergency = { breakGlass: 'fire' };

  it('counts only for the revision that the person saw', () => {
    expect(reviewed(second('U1'))).toBe('counts');
    expect(reviewed(approvalBy('U1'))).toBe('other_revision');
    expect(reviewed(approvalBy('U1', emergency))).toBe('other_revision');
  });

  it('by an author lapses once the rule no longer lets requesters approve, except in an emergency', () => {
    for (const userId of ['UASK', 'UEDIT']) {
      expect(reviewed(second(userId), requesterToo, facts(), ['UEDIT'])).toBe('counts');
      expect(reviewed(second(userId), usual, facts(), ['UEDIT'])).toBe('author');
      expect(reviewed(second(userId, emergency), usual, facts(), ['UEDIT'])).toBe('counts');
    }
  });

  it('lapses if today’s rule requires the ID of the target, and the person did not type it', () => {
    const demanding = aRule({ confirmDestination: true });
    expect(reviewed(second('U1'), demanding)).toBe('not_confirmed');
    expect(reviewed(second('U1', { confirmed: true }), demanding)).toBe('counts');
  });

  it('lapses if the person may not give it today, by the kind of approval', () => {
    expect(reviewed(second('U1'), usual, gone)).toBe('not_an_approver');
    expect(reviewed(second('U1', emergency), usual, gone)).toBe('no_emergency_approver');
  });

  it.each<[Standing, string]>([
    ['member', 'counts'],
    ['guest', 'not_a_member'],
    ['external', 'not_a_member'],
    ['deactivated', 'not_a_member'],
    ['bot', 'not_a_member'],
    ['unknown', 'unknown'],
  ])('by a person whom Slack calls %s: %s', (standing, expected) => {
    expect(reviewed(second('U1'), usual, facts({ standing }))).toBe(expected);
  });

  it('is unknown, not lapsed, if Slack does not answer about the person or a list', () => {
    expect(reviewed(second('U1'), usual, null)).toBe('unknown');
    expect(reviewed(second('U1'), usual, facts({ listed: 'unknown' }))).toBe('unknown');
    const listed = aRule({ oneFromEach: [[{ kind: 'group', groupId: 'S1' }]] });
    expect(reviewed(second('U1'), listed, facts({ from: ['unknown'] }))).toBe('unknown');
    // An emergency approval needs no list.
    expect(reviewed(second('U1', emergency), listed, facts({ from: ['unknown'] }))).toBe('counts');
  });
});

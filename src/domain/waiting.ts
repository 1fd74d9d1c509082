import type { Transition } from './change';
import { canonicalJson } from './journal';
import type { Rule } from './policy';
import { nextReminder } from './reminders';
import type { Approval, InState, MigrationRequest } from './request';

/** A request that waits for its approvals from `now` on. */
export function waitFrom(rule: Rule, now: Date): InState<'pending'> {
  return { status: 'pending', approvals: [], since: now, reminders: 0, ...deadlines(rule, now, 0) };
}

/** When a request that waits since then is reminded of the next time, and when it expires. */
export function deadlines(
  rule: Rule,
  since: Date,
  reminders: number,
): Pick<InState<'pending'>, 'remindAt' | 'expireAt'> {
  const remindAt = nextReminder(rule, since, reminders);
  const expireAt =
    rule.expiryMs === undefined ? undefined : new Date(since.getTime() + rule.expiryMs);
  return {
    ...(remindAt === undefined ? {} : { remindAt }),
    ...(expireAt === undefined ? {} : { expireAt }),
  };
}

/**
 * Puts a request under the rule that applies to it now; `undefined` when that is the one it has, or
 * when nobody decides on it any more. Approvals count under the terms they were given under.
 */
export function putUnder(request: MigrationRequest, rule: Rule): Transition | undefined {
  const { rule: from, state } = request;
  if (canonicalJson(from) === canonicalJson(rule)) return undefined;
  const changed = (voided: number) =>
    ({ type: 'rule_changed', from: from.name, to: rule.name, voided }) as const;
  switch (state.status) {
    case 'pending': {
      const since = state.since ?? request.askedAt;
      const approvals = haveSameTerms(from, rule) ? state.approvals : [];
      const { reminders } = state;
      return {
        state: {
          status: 'pending',
          approvals,
          since,
          reminders,
          ...deadlines(rule, since, reminders),
        },
        happening: changed(state.approvals.length - approvals.length),
        rule,
      };
    }
    case 'failed':
    case 'unconfirmed':
      return { state, happening: changed(0), rule };
    default:
      return undefined;
  }
}

/** Whether two rules ask for the same approvals. */
export function haveSameTerms(one: Rule, other: Rule): boolean {
  const terms = ({ approvers, required, oneFromEach }: Rule) => ({
    approvers,
    required,
    oneFromEach,
  });
  return canonicalJson(terms(one)) === canonicalJson(terms(other));
}

/** Approvals that were given for the parameters as they are. */
export const approvalsOf = (
  approvals: readonly Approval[],
  revision: number,
): readonly Approval[] => approvals.filter((approval) => approval.revision === revision);

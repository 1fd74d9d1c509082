import type { People } from './people';
import type { Rule } from './policy';
import type { Approval } from './request';
import { isSameList } from './review';

/** What a rule still asks for. */
export interface Missing {
  /** How many more people must approve. */
  count: number;
  /** Lists of `oneFromEach` from which nobody has approved. */
  lists: readonly (readonly People[])[];
}

/** What is missing from the approvals that a rule asks for, all of one revision. */
export function missingOf(rule: Rule, approvals: readonly Approval[]): Missing {
  if (approvals.some(({ breakGlass }) => breakGlass !== undefined)) return { count: 0, lists: [] };
  const lists = rule.oneFromEach.filter(
    (list) => !approvals.some(({ from }) => from.some((each) => isSameList(each, list))),
  );
  const people = new Set(approvals.map(({ by }) => by.userId));
  return { count: Math.max(0, rule.required - people.size), lists };
}

/** The approvals as those that reached the quorum, or `undefined` while they have not. */
export function reachedBy(
  rule: Rule,
  approvals: readonly Approval[],
): readonly [Approval, ...Approval[]] | undefined {
  const { count, lists } = missingOf(rule, approvals);
  const [first, ...others] = approvals;
  return count === 0 && lists.length === 0 && first !== undefined ? [first, ...others] : undefined;
}

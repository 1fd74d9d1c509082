import type { Rule } from './policy';
import type { Approval } from './request';

/** What a rule still asks for. */
export interface Missing {
  /** Approvals, whoever gives them. */
  count: number;
  /** Lists, by their place in `oneFromEach`, from which nobody has approved. */
  lists: readonly number[];
}

/** What is missing of the approvals that a rule asks for, of one revision. */
export function missingOf(rule: Rule, approvals: readonly Approval[]): Missing {
  if (approvals.some(({ breakGlass }) => breakGlass !== undefined)) return { count: 0, lists: [] };
  const lists = rule.oneFromEach
    .map((_, place) => place)
    .filter((place) => !approvals.some(({ from }) => from.includes(place)));
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

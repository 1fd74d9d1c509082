import { z } from 'zod';
import { people } from '../people/people';
import type { Rule } from '../policy/policy';
import type { Approval } from './approval';
import { isSameList } from './review';

/** What the quorum still needs. */
export const missing = z.object({
  /** How many more people must approve. */
  count: z.int(),
  /** Lists of `oneFromEach` without an approval. */
  lists: z.array(z.array(people).readonly()).readonly(),
});
export type Missing = z.infer<typeof missing>;

/** Returns what a rule still requires. All approvals must be of the same revision. */
export function missingOf(rule: Rule, approvals: readonly Approval[]): Missing {
  if (approvals.some(({ breakGlass }) => breakGlass !== undefined)) return { count: 0, lists: [] };
  const lists = rule.oneFromEach.filter(
    (list) => !approvals.some(({ from }) => from.some((each) => isSameList(each, list))),
  );
  return { count: Math.max(0, rule.required - peopleIn(approvals)), lists };
}

/** How many people gave these approvals. */
export const peopleIn = (approvals: readonly Approval[]): number =>
  new Set(approvals.map(({ by }) => by.userId)).size;

/** Returns the approvals as a quorum, or `undefined` if the rule requires more. */
export function reachedBy(
  rule: Rule,
  approvals: readonly Approval[],
): readonly [Approval, ...Approval[]] | undefined {
  const { count, lists } = missingOf(rule, approvals);
  const [first, ...others] = approvals;
  return count === 0 && lists.length === 0 && first !== undefined ? [first, ...others] : undefined;
}

import type { People } from '../people/people';
import { demandsOf } from '../policy/demands';
import type { Rule } from '../policy/policy';
import { canonicalJson } from '../text/canonicalJson';
import { operationIn } from './operationIn';
import type { RequestState } from './request';
import { accepts } from './states';

/** True if another rule changes something for the people whom the request waits for. */
export function isRuleNews(state: RequestState, from: Rule, to: Rule): boolean {
  const part = partFor(state);
  const told = (rule: Rule) => canonicalJson(part(demandsOf(rule, operationIn(state))));
  return told(from) !== told(to);
}

/** What people in this state have to know about their rule. */
function partFor(state: RequestState): (rule: Rule) => unknown {
  if (accepts(state, 'approve')) return (rule) => [aboutApproval(rule), rule.expiryMs];
  return accepts(state, 'look_again') ? aboutApproval : () => undefined;
}

const aboutApproval = (rule: Rule): unknown => {
  const { approve = 'before_creation', confirmDestination, name, required } = rule;
  const approvers = inOrder(rule.approvers);
  const lists = rule.oneFromEach.map(inOrder).sort();
  return { approve, approvers, confirmDestination, lists, name, required };
};

/** The order of a list means nothing. */
const inOrder = (list: readonly People[]): string => list.map(canonicalJson).sort().join();

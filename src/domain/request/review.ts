import { z } from 'zod';
import { names, type People } from '../people/people';
import { type Membership, refusalOfStanding, type Standing } from '../people/person';
import { admitsAuthors, demandsOf } from '../policy/demands';
import type { Rule } from '../policy/policy';
import { canonicalJson } from '../text/canonicalJson';
import type { Approval } from './approval';
import { operationIn } from './operationIn';
import type { MigrationRequest } from './request';

/** Why an approval no longer counts. */
const lapseReasons = [
  /** The approver is no longer a full member of the workspace. */
  'not_a_member',
  /** The rule names other approvers, or the approver left their group or channel. */
  'not_an_approver',
  /** The rule no longer allows this person to approve in an emergency. */
  'no_emergency_approver',
  /** The rule requires the ID of the target, which this approver didn't type. */
  'not_confirmed',
  /** The approver requested or edited the migration. */
  'author',
  /** The parameters were changed after the approval. */
  'other_revision',
] as const;

export const lapse = z.object({ userId: z.string(), because: z.enum(lapseReasons) });
export type Lapse = z.infer<typeof lapse>;

/** Slack's current information about an approver. */
export interface ApproverFacts {
  standing: Standing;
  /** Whether they may give this kind of approval. */
  listed: Membership;
  /** The same for each list of the rule's `oneFromEach`. */
  from: readonly Membership[];
}

/** Today's rule for a request, and facts about its approvers by user ID. */
export interface Today {
  rule: Rule;
  approvers: ReadonlyMap<string, ApproverFacts>;
}

/** `unknown`: Slack didn't answer about a person or a list that matters. */
export type Review =
  | { kind: 'known'; approvals: readonly Approval[]; lapsed: readonly Lapse[] }
  | { kind: 'unknown' };

/** The people who may give an approval of this kind. */
export const listForApproval = (rule: Rule, { breakGlass }: Approval): readonly People[] =>
  breakGlass === undefined ? rule.approvers : rule.breakGlass;

/**
 * Decides which approvals still count under today's rule and memberships, and updates the lists
 * that their approvers are in.
 */
export function review(
  request: Pick<MigrationRequest, 'requester' | 'editors' | 'revision' | 'state'>,
  approvals: readonly Approval[],
  today: Today,
): Review {
  const { approvers } = today;
  const rule = demandsOf(today.rule, operationIn(request.state));
  const lapsed: Lapse[] = [];
  const remaining: Approval[] = [];
  for (const approval of approvals) {
    const { userId } = approval.by;
    const facts = approvers.get(userId);
    const verdict = judge(request, rule, approval, facts);
    if (facts === undefined || verdict === 'unknown') return { kind: 'unknown' };
    if (verdict === undefined) remaining.push({ ...approval, from: listsOf(rule, facts.from) });
    else lapsed.push({ userId, because: verdict });
  }
  return { kind: 'known', approvals: remaining, lapsed };
}

function judge(
  { requester, editors, revision }: Pick<MigrationRequest, 'requester' | 'editors' | 'revision'>,
  rule: Rule,
  approval: Approval,
  facts: ApproverFacts | undefined,
): Lapse['because'] | 'unknown' | undefined {
  const { userId } = approval.by;
  const isEmergency = approval.breakGlass !== undefined;
  if (approval.revision !== revision) return 'other_revision';
  const isAuthor = [requester.userId, ...editors].includes(userId);
  if (isAuthor && !isEmergency && !admitsAuthors(rule.approvers)) return 'author';
  if (rule.confirmDestination && !approval.confirmed) return 'not_confirmed';
  if (facts === undefined || facts.standing === 'unknown') return 'unknown';
  const isNamed = names(listForApproval(rule, approval), userId);
  if (refusalOfStanding(facts.standing, isNamed) !== undefined) return 'not_a_member';
  if (facts.listed === 'no') return isEmergency ? 'no_emergency_approver' : 'not_an_approver';
  if (facts.listed === 'unknown') return 'unknown';
  return !isEmergency && facts.from.includes('unknown') ? 'unknown' : undefined;
}

/** The lists of `oneFromEach` that a person is in. */
export const listsOf = (rule: Rule, from: readonly Membership[]): Rule['oneFromEach'] =>
  rule.oneFromEach.filter((_, place) => from[place] === 'yes');

export const isSameList = (one: readonly People[], other: readonly People[]): boolean =>
  canonicalJson(one) === canonicalJson(other);

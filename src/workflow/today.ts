import type { Membership } from '../domain/people/person';
import { demandsOf } from '../domain/policy/demands';
import type { Rule } from '../domain/policy/policy';
import type { MissingFact, Ruling } from '../domain/policy/rules';
import type { Approval } from '../domain/request/approval';
import { operationIn } from '../domain/request/operationIn';
import type { MigrationRequest } from '../domain/request/request';
import { type ApproverFacts, listForApproval, type Today } from '../domain/request/review';
import { approvalsIn } from '../domain/request/states';
import { type RuleContext, resolveRule } from './resolveRule';

/** Today's facts, or why it is unknown which rule applies. */
export type TodaysFacts =
  | { kind: 'known'; today: Today }
  | { kind: 'unknown'; missing: MissingFact };

/** Today's rule for a request, or why it is unknown which rule applies. */
export function todaysRuling(
  context: RuleContext,
  { askedIn, parameters, requester }: MigrationRequest,
): Promise<Ruling> {
  return resolveRule(context, { parameters, requester: requester.userId, askedIn });
}

/**
 * Today's rule for a request, and Slack's current information about its approvers. If the policy is
 * reloaded while Slack answers, it starts again, so that the result never mixes two policies.
 */
export async function lookUpToday(
  context: RuleContext,
  request: MigrationRequest,
): Promise<TodaysFacts> {
  for (;;) {
    const policy = context.policy();
    const ruling = await todaysRuling(context, request);
    if (ruling.kind === 'unknown') return ruling;
    const { rule } = ruling;
    const approvals = approvalsIn(request.state);
    const approvers = new Map(
      await Promise.all(
        approvals.map(
          async (approval): Promise<[string, ApproverFacts]> => [
            approval.by.userId,
            await factsAbout(
              context,
              request,
              demandsOf(rule, operationIn(request.state)),
              approval,
            ),
          ],
        ),
      ),
    );
    if (context.policy() === policy) return { kind: 'known', today: { rule, approvers } };
  }
}

async function factsAbout(
  { directory }: RuleContext,
  { requester }: MigrationRequest,
  rule: Rule,
  approval: Approval,
): Promise<ApproverFacts> {
  const { userId } = approval.by;
  const isAmong = (list: Rule['approvers']): Promise<Membership> =>
    directory.isAmong(userId, list, requester.userId);
  const lists = approval.breakGlass === undefined ? rule.oneFromEach : [];
  const [{ standing }, listed, from] = await Promise.all([
    directory.person(userId),
    isAmong(listForApproval(rule, approval)),
    Promise.all(lists.map(isAmong)),
  ]);
  return { standing, listed, from };
}

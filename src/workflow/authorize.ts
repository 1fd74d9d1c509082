import type { Standing } from '../domain/people/person';
import type { Policy } from '../domain/policy/policy';
import type { Transition } from '../domain/request/change';
import { heldUntil } from '../domain/request/lateness';
import type { LaunchProblem } from '../domain/request/launchOutcome';
import { operationIn } from '../domain/request/operationIn';
import { isOfRequest } from '../domain/request/operations/operation';
import type { MigrationRequest } from '../domain/request/request';
import type { Today } from '../domain/request/review';
import { hasMissedStart } from '../domain/request/startTime';
import { bringUpToDate } from '../domain/request/waiting';
import type { Clock } from '../ports/clock';
import { type CheckRecordContext, checkRecord } from './checkRecord';
import { mayRequest } from './mayRequest';
import type { RuleContext } from './resolveRule';
import { lookUpToday } from './today';

export interface AuthorizeContext extends CheckRecordContext, RuleContext {
  clock: Clock;
}

/** A call is made at most this long after the checks, otherwise they are repeated. */
const grantedForMs = 2_000;

/** The answer to whether a call that changes something at Tencent Cloud may be made. */
export type Authorization =
  /** Valid until that time, while the policy is still the same. */
  | { kind: 'granted'; until: Date; policy: Policy }
  /** The request must change first: another rule applies, or it needs approvals again. */
  | { kind: 'outdated'; transition: Transition }
  /** The launch window isn't open yet. */
  | { kind: 'held'; until: Date }
  /** No approval can help. */
  | { kind: 'refused'; problem: LaunchProblem }
  /** Slack doesn't say who a person is, which means no until Slack answers. */
  | { kind: 'unknown' };

/**
 * Decides before each call that changes something at Tencent Cloud: do today's policy and people
 * allow it, with the recorded parameters? Every fact is looked up again.
 */
export async function authorize(
  context: AuthorizeContext,
  request: MigrationRequest,
): Promise<Authorization> {
  const altered = checkRecord(context, request);
  if (altered !== undefined) return { kind: 'refused', problem: altered };
  const askedAt = context.clock.now().getTime();
  const policy = context.policy();
  const [facts, requester] = await Promise.all([
    lookUpToday(context, request),
    context.directory.person(request.requester.userId),
  ]);
  if (facts.kind === 'unknown') {
    return facts.missing.code === 'group'
      ? { kind: 'unknown' }
      : { kind: 'refused', problem: { kind: 'rule_unclear' } };
  }
  const { today } = facts;
  const now = context.clock.now();
  const update = bringUpToDate(request, today, now);
  if (update.kind === 'unknown') return update;
  if (update.kind === 'needed') return { kind: 'outdated', transition: update.transition };
  // Others can still finish or stop a job whose requester has left.
  if (isOfRequest(operationIn(request.state))) {
    const requesting = await judgeRequester(context, request, today, requester.standing);
    if (requesting !== undefined) return requesting;
  }
  const until = heldUntil(request, today.rule, now);
  if (hasMissedStart(request, until ?? now)) {
    return { kind: 'refused', problem: { kind: 'start_time_passed' } };
  }
  return until === undefined
    ? { kind: 'granted', until: new Date(askedAt + grantedForMs), policy }
    : { kind: 'held', until };
}

/** Checks that today's policy still allows the requester to request the migration. */
async function judgeRequester(
  { directory }: AuthorizeContext,
  { requester: { userId } }: MigrationRequest,
  { rule }: Today,
  standing: Standing,
): Promise<Authorization | undefined> {
  const asks = await mayRequest(directory, rule, userId, standing);
  if (asks === 'yes') return undefined;
  return asks === 'unknown'
    ? { kind: 'unknown' }
    : { kind: 'refused', problem: { kind: 'requester_not_allowed', rule: rule.name } };
}

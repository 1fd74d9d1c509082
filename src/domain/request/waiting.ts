import { demandsOf } from '../policy/demands';
import type { Rule } from '../policy/policy';
import { nextOpening } from '../policy/wallClock';
import { canonicalJson } from '../text/canonicalJson';
import type { Approval } from './approval';
import { isByPolicy, leftToPeople } from './automatic';
import type { Transition } from './change';
import { deadlines } from './deadlines';
import { operationIn } from './operationIn';
import { waitForStart } from './operations/changeJob';
import { creation, eventOf, isDecisiveStart, type Operation } from './operations/operation';
import { reachedBy } from './quorum';
import { nextReminder } from './reminders';
import type { InState, MigrationRequest, RequestState } from './request';
import type { PayloadOf } from './requestEvent';
import { type Lapse, review, type Today } from './review';
import { isRuleNews } from './ruleNews';

/** The first state of a request, or of its new revision: the policy may let its job be created. */
export const beginning = (
  rule: Rule,
  now: Date,
  attempts = 0,
): InState<'pending'> | CreatingState =>
  rule.approve === 'before_start'
    ? createAtOnce(attempts)
    : waitFrom(rule, now, creation, attempts);

/** The policy decided that the job is created. */
type CreatingState = InState<'approved'> & { operation: typeof creation };

export const createAtOnce = (attempts: number): CreatingState => ({
  status: 'approved',
  operation: creation,
  approvals: [],
  attempts,
});

/** The member of an event after which the policy lets the job be created. */
export const creatingBy = ({ approve, name }: Rule): { automatic?: string } =>
  approve === 'before_start' ? { automatic: name } : {};

/** A request that starts to wait at `now` for approvals of an operation, after some calls. */
export function waitFrom(
  rule: Rule,
  now: Date,
  operation: Operation = creation,
  attempts = 0,
): InState<'pending'> {
  const times = { since: now, reminders: 0, ...deadlines(rule, now, 0) };
  return { status: 'pending', operation, approvals: [], attempts, ...times };
}

/** `unknown`: Slack didn't say whether an approved request still has its approvals. */
export type Update =
  | { kind: 'none' }
  | { kind: 'needed'; transition: Transition }
  | { kind: 'unknown' };

const noUpdate: Update = { kind: 'none' };

/**
 * Updates a request to today's rule, and drops approvals that no longer count under today's rule
 * and memberships. An approved request without enough approvals waits for approval again. People
 * decide on an unknown outcome and on the job under today's rule, and the approvals of the call stay.
 * A request in any other state keeps its rule until it is approved or launched again.
 */
export function bringUpToDate(request: MigrationRequest, today: Today, now: Date): Update {
  const { state } = request;
  // An altered request can't be judged, and nobody can approve it anyway.
  if (request.altered.length > 0) return noUpdate;
  switch (state.status) {
    case 'pending':
    case 'prepared': {
      const reviewed = review(request, approvalsOf(state.approvals, request.revision), today);
      const { approvals, lapsed } =
        reviewed.kind === 'known' ? reviewed : { approvals: state.approvals, lapsed: [] };
      const payload = changeOf(request, today, lapsed, false);
      if (payload === undefined) return noUpdate;
      const next = { ...withTimes(state, today.rule, request.askedAt, now), approvals };
      return { kind: 'needed', transition: { state: next, event: payload, rule: today.rule } };
    }
    case 'approved': {
      const { operation } = state;
      if (isByPolicy(state)) {
        if (operation.name === 'create_job') return stillCreating(request, state, today, now);
        const left = leftToPeople(request, today.rule, operation, now);
        return left === undefined ? noUpdate : { kind: 'needed', transition: left };
      }
      const reviewed = review(request, state.approvals, today);
      if (reviewed.kind === 'unknown') return { kind: 'unknown' };
      const reached = reachedBy(demandsOf(today.rule, operation), reviewed.approvals);
      const payload =
        changeOf(request, today, reviewed.lapsed, reached === undefined) ??
        // The lists are the same but their members changed: nobody lapsed, and one list is missing.
        (reached === undefined ? lapseOf(operation, [], true) : undefined);
      if (payload === undefined) return noUpdate;
      const { attempts, retry } = state;
      const next: RequestState =
        reached === undefined
          ? { ...waitAgain(today.rule, now, operation, attempts), approvals: reviewed.approvals }
          : {
              status: 'approved',
              operation,
              approvals: reached,
              attempts,
              ...(retry === undefined ? {} : { retry }),
              ...sameOpening(state, today.rule, now),
            };
      return { kind: 'needed', transition: { state: next, event: payload, rule: today.rule } };
    }
    case 'created':
    case 'discarding':
    case 'reconciling':
      return otherRule(request, state, today);
    case 'unconfirmed':
      return otherRule(request, withReminder(state, today.rule), today);
    case 'launching':
    case 'failed':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return noUpdate;
    default:
      return state satisfies never;
  }
}

/** Only the rule changes, for the decisions to come. */
function otherRule(request: MigrationRequest, state: RequestState, today: Today): Update {
  const event = changeOf(request, today, [], false);
  return event === undefined
    ? noUpdate
    : { kind: 'needed', transition: { state, event, rule: today.rule } };
}

function withReminder(
  { remindAt: _, ...state }: InState<'unconfirmed'>,
  rule: Rule,
): InState<'unconfirmed'> {
  const remindAt = nextReminder(rule, state.at, state.reminders ?? 0);
  return remindAt === undefined ? state : { ...state, remindAt };
}

type ReviewEvent = PayloadOf<'rule_changed' | 'approvals_lapsed'>;

function changeOf(
  { rule: from, state }: MigrationRequest,
  { rule: to }: Today,
  lapsed: readonly Lapse[],
  reopened: boolean,
): ReviewEvent | undefined {
  if (canonicalJson(from) !== canonicalJson(to)) {
    const names = { from: from.name, to: to.name };
    const about = { ...eventOf(operationIn(state)), ...names };
    const begins = isCreation(state) && from.approve !== 'before_start' ? creatingBy(to) : {};
    const isNews = reopened || lapsed.length > 0 || isRuleNews(state, from, to);
    const news = isNews ? {} : ({ isNews: false } as const);
    const changed = { lapsed, reopened, ...begins, ...news };
    return { type: 'rule_changed', ...about, voided: lapsed.length, ...changed };
  }
  return lapsed.length === 0 ? undefined : lapseOf(operationIn(state), lapsed, reopened);
}

/** True if a job is created without a person's approval, if the policy still allows it. */
const isCreation = (state: RequestState): boolean =>
  state.status === 'discarding'
    ? state.next.status === 'approved'
    : isByPolicy(state) && operationIn(state).name === 'create_job';

/** How long a request still waits after a rule with a shorter expiry applies, unless it was due before. */
const graceMs = 86_400_000;

/** The same state with the times of a rule that applies from `now` on. */
function withTimes(
  { expireAt: promised, remindAt: _, ...state }: InState<'pending' | 'prepared'>,
  rule: Rule,
  askedAt: Date,
  now: Date,
): InState<'pending' | 'prepared'> {
  const { reminders, since = askedAt } = state;
  const { expireAt, ...times } = deadlines(rule, since, reminders);
  if (expireAt === undefined) return { ...state, since, ...times };
  const grace = Math.min(promised?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + graceMs);
  return { ...state, since, ...times, expireAt: new Date(Math.max(expireAt.getTime(), grace)) };
}

/**
 * The launch window for which an approved operation waits, if it opens at the same time under another
 * rule. If not, the next check before the call finds out when it opens.
 */
function sameOpening(
  { opensAt, operation }: InState<'approved'>,
  rule: Rule,
  now: Date,
): Pick<InState<'approved'>, 'opensAt'> {
  const opening = nextOpening(demandsOf(rule, operation).windows, now);
  return opening !== undefined && opening.getTime() === opensAt?.getTime() ? { opensAt } : {};
}

/** An approved operation that needs more approvals again. */
function waitAgain(
  rule: Rule,
  now: Date,
  operation: Operation,
  attempts: number,
): InState<'pending' | 'prepared'> {
  if (!isDecisiveStart(operation)) return waitFrom(rule, now, operation, attempts);
  return { ...waitForStart(operation.from, { at: now, rule }), attempts };
}

/** The creation of a job before its approval goes on only while today's policy says so. */
function stillCreating(
  request: MigrationRequest,
  state: InState<'approved'>,
  today: Today,
  now: Date,
): Update {
  const isAllowed = today.rule.approve === 'before_start';
  if (isAllowed) return otherRule(request, state, today);
  const { attempts, operation } = state;
  const event = changeOf(request, today, [], true) ?? lapseOf(operation, [], true);
  return {
    kind: 'needed',
    transition: {
      state: waitFrom(today.rule, now, operation, attempts),
      event: { ...event, isUnapproved: true },
      rule: today.rule,
    },
  };
}

const lapseOf = (
  operation: Operation,
  lapsed: readonly Lapse[],
  reopened: boolean,
): ReviewEvent => ({
  type: 'approvals_lapsed',
  ...eventOf(operation),
  lapsed,
  reopened,
});

export const approvalsOf = (
  approvals: readonly Approval[],
  revision: number,
): readonly Approval[] => approvals.filter((approval) => approval.revision === revision);

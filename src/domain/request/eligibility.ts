import { isJobOperation } from '../job/job';
import { names, type People } from '../people/people';
import { type Membership, type Person, refusalOfStanding, type Standing } from '../people/person';
import { admitsAuthors, type Demanding, demandsOf } from '../policy/demands';
import type { Rule } from '../policy/policy';
import type { Alteration } from '../record/recordedRow';
import { type Intent, type IntentOf, isDecidedByButton } from './intent';
import { operationIn } from './operationIn';
import type { Refusal } from './refusal';
import type { MigrationRequest, RequestState } from './request';
import type { Today } from './review';

/** A person and their current rights, read from Slack at the time of the action. */
export interface Actor extends Person {
  standing: Standing;
  /** Which list decides whether they may act. */
  eligibility: Eligibility;
  /** Whether they are in the list of `eligibility`, if it has one. */
  listed: Membership;
  /** The same for each list of the rule's `oneFromEach`. */
  from: readonly Membership[];
  /** Today's rule, by which the person is judged, and facts about the earlier approvers. */
  today: Today;
}

/**
 * Who may take an action: people in a list, or anyone. The requester and the editors have further
 * limits that no list can lift.
 */
export type Eligibility =
  | { kind: 'author'; refusal: Refusal }
  | { kind: 'listed'; list: readonly People[] }
  | { kind: 'unlisted' };

/** Decides whether a person may take an action under the given rule. */
export function eligibilityFor(
  request: Pick<MigrationRequest, 'requester' | 'editors' | 'rule' | 'state'>,
  userId: string,
  action: Deciding,
): Eligibility {
  const refusal = refusalOfAuthor(request, userId, action);
  if (refusal !== undefined) return { kind: 'author', refusal };
  return hasList(action.type)
    ? { kind: 'listed', list: listFor(demandsFor(request, action), request.state, action.type) }
    : { kind: 'unlisted' };
}

/** What decides who may act: the action, and for some operations how they are done. */
export type Deciding =
  | { type: Exclude<Intent['type'], 'resume_job'> }
  | Pick<Resuming, 'type' | 'option'>;
type Resuming = IntentOf<'resume_job'>;

/** The request's rule as it applies to an action. */
export const demandsFor = (
  { rule, state }: Pick<MigrationRequest, 'rule' | 'state'>,
  action: Deciding,
): Rule => demandsOf(rule, demandingOf(state, action));

/** The operation that an action decides on. */
function demandingOf(state: RequestState, action: Deciding): Demanding {
  if (action.type === 'resume_job') return { name: action.type, option: action.option };
  return isJobOperation(action.type) ? { name: action.type } : operationIn(state);
}

type Listed = Exclude<Intent['type'], 'withdraw' | 'take_back'>;

/** True if rules have a list of people for this action. */
export const hasList = (action: Intent['type']): action is Listed =>
  action !== 'withdraw' && action !== 'take_back';

function listFor(rule: Rule, state: RequestState, action: Listed): readonly People[] {
  if (isDecidedByButton(action)) return rule.approvers;
  switch (action) {
    case 'approve':
    case 'look_again':
    case 'choose_job':
      return rule.approvers;
    case 'try_again':
      return state.status === 'failed' ? rule.retriers : rule.approvers;
    case 'break_glass':
      return rule.breakGlass;
    case 'deny':
      return rule.deniers;
    case 'edit':
    case 'modify_job':
      return rule.editors;
    default:
      return action satisfies never;
  }
}

/** Requesters and editors may not decide on the request, even if a list names them. */
export function refusalOfAuthor(
  request: Pick<MigrationRequest, 'requester' | 'editors' | 'rule' | 'state'>,
  userId: string,
  action: Deciding,
): Refusal | undefined {
  const { approvers, deniers } = demandsFor(request, action);
  const approves = action.type === 'approve' || isDecidedByButton(action.type);
  if ((approves || action.type === 'take_back') && admitsAuthors(approvers)) return undefined;
  if (action.type === 'deny' && admitsAuthors(deniers)) return undefined;
  if (userId === request.requester.userId && decidesOnIt(request, action.type)) {
    if (isOnJob(request, action)) return { code: 'own_job' };
    return { code: settles(action.type) ? 'own_outcome' : 'own_request' };
  }
  const isEditor = approves && request.editors.includes(userId);
  return isEditor ? { code: 'own_edit' } : undefined;
}

/** True for decisions about a call whose outcome is unknown. */
const settles = (action: Intent['type']): boolean =>
  action === 'look_again' || action === 'choose_job' || action === 'try_again';

/** True if an action decides on an operation on a job that exists. */
const isOnJob = ({ state }: Pick<MigrationRequest, 'state'>, action: Deciding): boolean =>
  demandingOf(state, action).name !== 'create_job';

/** Why this person may not do this, in any state of the request. */
export function refusalOfPerson(
  request: MigrationRequest,
  { userId, standing, eligibility, listed }: Actor,
  { type }: Pick<Intent, 'type'>,
): Refusal | undefined {
  if (eligibility.kind === 'author') return eligibility.refusal;
  const isOwn = userId === request.requester.userId;
  const list = eligibility.kind === 'listed' ? eligibility.list : listWithout(request, type);
  const isNamed = names([...list, ...(isOwn ? (request.rule.requesters ?? []) : [])], userId);
  const refusal = refusalOfStanding(standing, isNamed);
  if (refusal !== undefined) return refusal;
  if (type === 'withdraw') return isOwn ? undefined : { code: 'not_your_request' };
  if (eligibility.kind === 'unlisted' || listed === 'yes') return refusalOfAltered(request, type);
  switch (type) {
    case 'deny':
    case 'edit':
    case 'modify_job':
    case 'break_glass':
      return listed === 'unknown'
        ? { code: 'list_unknown' }
        : { code: 'not_allowed', action: type };
    case 'try_again':
      if (request.state.status === 'failed') {
        return listed === 'unknown'
          ? { code: 'list_unknown' }
          : { code: 'not_allowed', action: type };
      }
  }
  if (isDecidedByButton(type) && listed === 'no') return { code: 'not_for_job', operation: type };
  return listed === 'unknown' ? { code: 'approvers_unknown' } : { code: 'not_an_approver' };
}

/** The people who may take an action without a list: a guest who may approve may also revoke that. */
function listWithout(request: MigrationRequest, type: Intent['type']): readonly People[] {
  if (type !== 'take_back') return [];
  const { approvers, breakGlass } = demandsFor(request, { type });
  return [...approvers, ...breakGlass];
}

/**
 * An altered request can't lead to a call. An edit may replace the altered parts, because a new
 * revision needs all approvals again, but not the requester and editors.
 */
function refusalOfAltered(
  { altered: parts }: MigrationRequest,
  action: Intent['type'],
): Refusal | undefined {
  const isReplaceable = (part: Alteration) =>
    part !== 'request' && part !== 'revision' && part !== 'event';
  const refusal: Refusal | undefined =
    parts.length === 0 ? undefined : { code: 'record_altered', parts };
  if (isJobOperation(action)) return refusal;
  switch (action) {
    case 'approve':
    case 'break_glass':
    case 'try_again':
      return refusal;
    case 'edit':
      return parts.every(isReplaceable) ? undefined : refusal;
    case 'take_back':
    case 'deny':
    case 'withdraw':
    case 'look_again':
    case 'choose_job':
      return undefined;
    default:
      return action satisfies never;
  }
}

/**
 * True for actions that people may not take on their own requests. Emergency approval is the
 * exception.
 */
function decidesOnIt({ state }: Pick<MigrationRequest, 'state'>, action: Intent['type']): boolean {
  if (isDecidedByButton(action)) return true;
  switch (action) {
    case 'approve':
    case 'take_back':
    case 'deny':
    case 'look_again':
    case 'choose_job':
      return true;
    case 'try_again':
      return state.status !== 'failed';
    case 'break_glass':
    case 'withdraw':
    case 'edit':
    case 'modify_job':
      return false;
    default:
      return action satisfies never;
  }
}

import type { Revision, Transition } from './change';
import { changesWhatIsSeen, differencesOf } from './differences';
import { names, type People } from './people';
import type { Membership, Person, Standing } from './person';
import { reachedBy } from './quorum';
import type { Refusal } from './refusal';
import type { Approval, InState, MigrationRequest, RequestState } from './request';
import { approvalsOf, waitFrom } from './waiting';

/** A person as known at the moment of the action, looked up then and never remembered. */
export interface Actor extends Person {
  standing: Standing;
  /** Whether they are in the list of `listFor`. */
  listed: Membership;
  /** The same for each list of the rule's `oneFromEach`. */
  from: readonly Membership[];
}

/** What a person does with a request. `revision` is the one whose parameters they saw. */
export type Intent = { revision: number } & (
  | { type: 'approve'; comment?: string; destination?: string }
  | { type: 'break_glass'; reason: string; destination?: string }
  | { type: 'take_back' }
  | { type: 'deny'; reason: string }
  | { type: 'withdraw' }
  /** `asks`: whether the requester may ask for it under the rule that it then has. */
  | { type: 'edit'; to: Revision; asks: Membership }
  /** The three answers to a request in doubt: look once more, this job is it, there is none. */
  | { type: 'look_again' }
  | { type: 'choose_job'; jobId: string }
  | { type: 'try_again' }
);
type IntentOf<Type extends Intent['type']> = Extract<Intent, { type: Type }>;

export type Decision = ({ ok: true } & Transition) | { ok: false; refusal: Refusal };

const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

/**
 * What a person's intent makes of a request at `now`. Pure: the facts about the person are given,
 * and the caller stores the result or asks again with a fresher request.
 */
export function decide(request: MigrationRequest, by: Actor, intent: Intent, now: Date): Decision {
  const refusal = refusalOfPerson(request, by, intent);
  if (refusal !== undefined) return refuse(refusal);
  switch (intent.type) {
    case 'approve':
    case 'break_glass':
    case 'take_back':
    case 'deny': {
      const { state } = request;
      if (state.status !== 'pending') return refuse(decided(state, by));
      return refuseOtherRevision(request, intent) ?? decideOn(request, state, by, intent, now);
    }
    case 'withdraw':
      return withdraw(request, by, now);
    case 'edit':
      return refuseOtherRevision(request, intent) ?? edit(request, by, intent, now);
    case 'try_again':
      return request.state.status === 'failed'
        ? (refuseOtherRevision(request, intent) ?? tryFailedAgain(request, request.state, now))
        : resolve(request, intent, now);
    case 'look_again':
    case 'choose_job':
      return resolve(request, intent, now);
    default:
      return intent satisfies never;
  }
}

/** The list of people who may do this, where the rule has one for it. */
export function listFor(
  { rule, state }: Pick<MigrationRequest, 'rule' | 'state'>,
  action: Intent['type'],
): readonly People[] | undefined {
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
      return rule.editors;
    case 'withdraw':
    case 'take_back':
      return undefined;
    default:
      return action satisfies never;
  }
}

/** Why somebody may not request or decide anything, unless the policy names them. */
export function refusalOfStanding(standing: Standing, isNamed: boolean): Refusal | undefined {
  switch (standing) {
    case 'member':
      return undefined;
    case 'unknown':
      return { code: 'person_unknown' };
    case 'deactivated':
      return { code: standing };
    default:
      return isNamed ? undefined : { code: standing };
  }
}

/** Those who made the request what it is are refused before any list is consulted: none can allow it. */
export function refusalOfAuthor(
  request: Pick<MigrationRequest, 'requester' | 'editors' | 'state'>,
  userId: string,
  action: Intent['type'],
): Refusal | undefined {
  if (userId === request.requester.userId && decidesOnIt(request, action)) {
    return { code: 'own_request' };
  }
  const isEditor = action === 'approve' && request.editors.includes(userId);
  return isEditor ? { code: 'own_edit' } : undefined;
}

/** Why this person may not do this with the request, whatever its state. */
export function refusalOfPerson(
  request: MigrationRequest,
  { userId, standing, listed }: Actor,
  { type }: Pick<Intent, 'type'>,
): Refusal | undefined {
  const author = refusalOfAuthor(request, userId, type);
  if (author !== undefined) return author;
  const isOwn = userId === request.requester.userId;
  const list = listFor(request, type);
  const isNamed = names(
    [...(list ?? []), ...(isOwn ? (request.rule.requesters ?? []) : [])],
    userId,
  );
  const refusal = refusalOfStanding(standing, isNamed);
  if (refusal !== undefined) return refusal;
  if (type === 'withdraw') return isOwn ? undefined : { code: 'not_your_request' };
  if (list === undefined || listed === 'yes') return undefined;
  switch (type) {
    case 'deny':
    case 'edit':
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
  return listed === 'unknown' ? { code: 'approvers_unknown' } : { code: 'not_an_approver' };
}

/** What nobody does with their own request: break-glass is the exception that it is made for. */
function decidesOnIt({ state }: Pick<MigrationRequest, 'state'>, action: Intent['type']): boolean {
  switch (action) {
    case 'approve':
    case 'take_back':
    case 'deny':
    case 'look_again':
    case 'choose_job':
      return true;
    case 'try_again':
      return state.status !== 'failed';
    default:
      return false;
  }
}

function refuseOtherRevision(
  { revision: current }: MigrationRequest,
  { revision: seen }: Intent,
): Decision | undefined {
  return seen === current ? undefined : refuse({ code: 'other_revision', seen, current });
}

/** The decision that stands, for those who come after it. */
function decided(state: Exclude<RequestState, { status: 'pending' }>, actor: Actor): Refusal {
  switch (state.status) {
    case 'withdrawn':
    case 'expired':
      return { code: state.status, at: state.at };
    case 'denied': {
      const { by, at } = state;
      return by.userId === actor.userId
        ? { code: 'already_decided_by_you', decision: 'denied', at }
        : { code: 'already_decided', decision: 'denied', by: by.userId, others: [], at };
    }
    default: {
      const [first, ...others] = state.approvals;
      const own = state.approvals.find(({ by }) => by.userId === actor.userId);
      if (own !== undefined) {
        return { code: 'already_decided_by_you', decision: 'approved', at: own.at };
      }
      return {
        code: 'already_decided',
        decision: 'approved',
        by: first.by.userId,
        others: others.map(({ by }) => by.userId),
        at: (others.at(-1) ?? first).at,
      };
    }
  }
}

function decideOn(
  request: MigrationRequest,
  state: InState<'pending'>,
  by: Actor,
  intent: IntentOf<'approve' | 'break_glass' | 'take_back' | 'deny'>,
  now: Date,
): Decision {
  switch (intent.type) {
    case 'approve':
      return approve(request, state, by, intent, now);
    case 'break_glass':
      return breakGlass(request, state, by, intent, now);
    case 'take_back':
      return takeBack(request, state, by);
    case 'deny': {
      const { reason } = intent;
      if (reason.trim() === '') return refuse({ code: 'reason_missing' });
      return {
        ok: true,
        state: { status: 'denied', by: personOf(by), at: now, reason },
        happening: { type: 'denied', reason },
      };
    }
    default:
      return intent satisfies never;
  }
}

const personOf = ({ userId, name }: Person): Person => ({ userId, name });

function isConfirmed(
  { parameters, rule }: MigrationRequest,
  { destination }: { destination?: string },
): boolean {
  return !rule.confirmDestination || destination?.trim() === parameters.DstInfo.InstanceId;
}

function approve(
  request: MigrationRequest,
  state: InState<'pending'>,
  by: Actor,
  intent: IntentOf<'approve'>,
  at: Date,
): Decision {
  const { revision, rule } = request;
  const earlier = approvalsOf(state.approvals, revision);
  if (earlier.some((given) => given.by.userId === by.userId)) {
    return refuse({ code: 'already_approved_by_you' });
  }
  if (!isConfirmed(request, intent)) return refuse({ code: 'destination_not_confirmed' });
  if (by.from.includes('unknown')) return refuse({ code: 'approvers_unknown' });
  const comment = intent.comment?.trim() ?? '';
  const said = comment === '' ? {} : { comment };
  const from = by.from.flatMap((member, place) => (member === 'yes' ? [place] : []));
  const approvals: Approval[] = [...earlier, { by: personOf(by), at, revision, from, ...said }];
  const reached = reachedBy(rule, approvals);
  return {
    ok: true,
    state:
      reached === undefined
        ? { ...state, approvals }
        : { status: 'approved', approvals: reached, attempts: 0 },
    happening: {
      type: 'approved',
      count: approvals.length,
      required: rule.required,
      ...said,
      ...(reached === undefined ? {} : { isEnough: true }),
    },
  };
}

/** One person's word, where there is no time for others; it is marked as such wherever it is shown. */
function breakGlass(
  request: MigrationRequest,
  state: InState<'pending'>,
  by: Actor,
  intent: IntentOf<'break_glass'>,
  at: Date,
): Decision {
  const reason = intent.reason.trim();
  if (reason === '') return refuse({ code: 'reason_missing' });
  if (!isConfirmed(request, intent)) return refuse({ code: 'destination_not_confirmed' });
  const { revision } = request;
  const alone: Approval = { by: personOf(by), at, revision, from: [], breakGlass: reason };
  const others = approvalsOf(state.approvals, revision).filter(
    (given) => given.by.userId !== by.userId,
  );
  return {
    ok: true,
    state: { status: 'approved', approvals: [alone, ...others], attempts: 0 },
    happening: { type: 'break_glass', reason },
  };
}

function takeBack(
  { rule }: MigrationRequest,
  state: InState<'pending'>,
  { userId }: Actor,
): Decision {
  const approvals = state.approvals.filter(({ by }) => by.userId !== userId);
  if (approvals.length === state.approvals.length) return refuse({ code: 'nothing_to_take_back' });
  return {
    ok: true,
    state: { ...state, approvals },
    happening: { type: 'taken_back', count: approvals.length, required: rule.required },
  };
}

/** Also while an approved request waits for its hours or for another try: no call is under way. */
function withdraw({ state }: MigrationRequest, by: Actor, at: Date): Decision {
  if (state.status !== 'pending' && state.status !== 'approved') {
    return refuse({ code: 'cannot_withdraw' });
  }
  return {
    ok: true,
    state: { status: 'withdrawn', by: personOf(by), at },
    happening: { type: 'withdrawn' },
  };
}

/**
 * Other parameters make another revision, which nobody has approved yet. A failed request that is sent
 * again as it was, with its password typed again, has been approved already.
 */
function edit(
  request: MigrationRequest,
  by: Actor,
  { to, asks }: IntentOf<'edit'>,
  now: Date,
): Decision {
  const { state, rule, channel } = request;
  if (state.status !== 'pending' && state.status !== 'failed') {
    return refuse({ code: 'cannot_edit' });
  }
  if (to.rule.channel !== channel && to.rule.channel !== rule.channel) {
    return refuse({ code: 'other_channel', rule: to.rule.name, channel: to.rule.channel });
  }
  if (asks === 'unknown') return refuse({ code: 'requesters_unknown' });
  if (asks === 'no') return refuse({ code: 'may_not_request', rule: to.rule.name });
  const differences = differencesOf(request, to);
  const isOther = changesWhatIsSeen(differences);
  const isOwn = by.userId === request.requester.userId;
  const editors = isOwn
    ? request.editors
    : [...request.editors.filter((each) => each !== by.userId), by.userId];
  if (state.status === 'failed' && !isOther) {
    const again = tryFailedAgain({ ...request, rule: to.rule, secrets: {} }, state, now);
    if (!again.ok || again.state.status !== 'approved') return again;
    return {
      ok: true,
      state: again.state,
      happening: { type: 'edited', differences, voided: 0 },
      revised: { ...to, revision: request.revision, editors },
    };
  }
  if (differences.length === 0) return refuse({ code: 'nothing_changed' });
  const { approvals } = state;
  return {
    ok: true,
    state: waitFrom(to.rule, now),
    happening: { type: 'edited', differences, voided: approvals.length },
    revised: { ...to, revision: request.revision + 1, editors },
  };
}

/** Nothing was created, so it can be sent again; approved again where the rule asks for more by now. */
function tryFailedAgain(
  { revision, rule, secrets }: MigrationRequest,
  state: InState<'failed'>,
  now: Date,
): Decision {
  if (Object.values(secrets).some(({ kind }) => kind === 'typed')) {
    return refuse({ code: 'password_gone' });
  }
  const reached = reachedBy(rule, approvalsOf(state.approvals, revision));
  const voided = reached === undefined ? state.approvals.length : 0;
  return {
    ok: true,
    state:
      reached === undefined
        ? waitFrom(rule, now)
        : { status: 'approved', approvals: reached, attempts: 0 },
    happening: { type: 'try_again', after: 'failed', voided },
  };
}

/** A person says what nobody could tell from here. */
function resolve(
  { state }: MigrationRequest,
  intent: IntentOf<'look_again' | 'choose_job' | 'try_again'>,
  now: Date,
): Decision {
  if (state.status !== 'unconfirmed') {
    return refuse({ code: intent.type === 'try_again' ? 'not_failed' : 'not_in_doubt' });
  }
  const { approvals, attempt, calledAt, doubt } = state;
  switch (intent.type) {
    case 'look_again': {
      const common = { approvals, attempt, calledAt, doubt, looks: 0 };
      return {
        ok: true,
        state: { status: 'reconciling', ...common, lookAt: now, settledAt: now },
        happening: { type: 'look_again' },
      };
    }
    case 'choose_job': {
      const { jobId } = intent;
      if (!state.found.some((job) => job.jobId === jobId)) {
        return refuse({ code: 'no_such_job', jobId });
      }
      return {
        ok: true,
        state: { status: 'created', approvals, jobId, at: now },
        happening: { type: 'created', how: 'chosen', jobId },
      };
    }
    case 'try_again':
      return {
        ok: true,
        state: { status: 'approved', approvals, attempts: attempt },
        happening: { type: 'try_again', after: 'unconfirmed', voided: 0 },
      };
    default:
      return intent satisfies never;
  }
}

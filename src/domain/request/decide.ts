import {
  allowedOn,
  asksForeignKeys,
  type JobOperation,
  type ObservedJob,
  type ResumeOption,
  type SkippedChecks,
  skippable,
} from '../job/job';
import { fixedInJob } from '../migration/fields';
import type { Membership, Person } from '../people/person';
import { demandsOf } from '../policy/demands';
import type { Rule } from '../policy/policy';
import type { Transition } from './change';
import { declined } from './declined';
import { changesWhatIsSeen, differencesOf } from './differences';
import { type Actor, refusalOfPerson } from './eligibility';
import {
  type DecidedByButton,
  type Intent,
  type IntentOf,
  isDecidedByButton,
  type PreparedAction,
} from './intent';
import { operationIn } from './operationIn';
import { discard, started } from './operations/changeJob';
import { jobExists } from './operations/createJob';
import { creation, eventOf, type Operation, type OperationOnJob } from './operations/operation';
import { missingOf, peopleIn, reachedBy } from './quorum';
import type { Refusal } from './refusal';
import type { Approval, InState, MigrationRequest, RequestState } from './request';
import { listsOf, review } from './review';
import { isStarted, refusalOfStart } from './startApproval';
import { accepts } from './states';
import { approvalsOf, beginning, createAtOnce, creatingBy, waitFrom } from './waiting';

const isOperation = (intent: Intent): intent is IntentOf<DecidedByButton> =>
  isDecidedByButton(intent.type);

export type Decision = ({ ok: true } & Transition) | { ok: false; refusal: Refusal };

const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

/**
 * Applies a person's intent to a request at `now`. Pure: facts about the person are arguments. The
 * caller stores the result, or reads the request again and repeats.
 */
export function decide(request: MigrationRequest, by: Actor, intent: Intent, now: Date): Decision {
  const refusal = refusalOfPerson({ ...request, rule: by.today.rule }, by, intent);
  if (refusal !== undefined) return refuse(refusal);
  if (isOperation(intent)) return operate(request, by, intent, now);
  switch (intent.type) {
    case 'approve':
    case 'break_glass':
    case 'take_back':
    case 'deny': {
      const { state } = request;
      if (!accepts(state, intent.type)) return refuse(refusalOfDecided(state, by));
      return refuseOtherRevision(request, intent) ?? decideOn(request, state, by, intent, now);
    }
    case 'withdraw':
      return withdraw(request, by, now);
    case 'edit':
      return refuseOtherRevision(request, intent) ?? edit(request, by, intent, now);
    case 'modify_job':
      return refuseOtherRevision(request, intent) ?? modify(request, by, intent, now);
    case 'try_again':
      return tryAgain(request, intent);
    case 'look_again':
      return lookAgain(request, now);
    case 'choose_job':
      return chooseJob(request, intent, now);
    default:
      return intent satisfies never;
  }
}

/** Why this person may not take the action, whatever they would enter in the form. */
export function refusalBefore(
  request: MigrationRequest,
  by: Actor,
  type: PreparedAction,
): Refusal | undefined {
  const refusal = refusalOfPerson({ ...request, rule: by.today.rule }, by, { type });
  const { state } = request;
  if (refusal !== undefined) return refusal;
  if (type === 'modify_job' || type === 'skip_check') return refusalOfJob(request, type);
  if (accepts(state, type)) return undefined;
  return type === 'edit' ? { code: 'cannot_edit' } : refusalOfDecided(state, by);
}

function refuseOtherRevision(
  { revision: current }: MigrationRequest,
  { revision: seen }: Intent,
): Decision | undefined {
  return seen === current ? undefined : refuse({ code: 'other_revision', seen, current });
}

/** Reports the decision to a person who acts after it. */
function refusalOfDecided(
  state: Exclude<RequestState, { status: 'pending' }>,
  actor: Actor,
): Refusal {
  switch (state.status) {
    case 'discarding':
      return state.next.status === 'approved'
        ? { code: 'job_busy', operation: 'delete_job' }
        : refusalOfDecided(state.next, actor);
    case 'withdrawn':
    case 'expired':
      return { code: state.status, at: state.at };
    case 'denied': {
      const { by, at } = state;
      return by.userId === actor.userId
        ? { code: 'already_decided_by_you', decision: 'denied', at }
        : { code: 'already_decided', decision: 'denied', by: by.userId, others: [], at };
    }
    case 'approved':
    case 'launching':
    case 'reconciling':
    case 'unconfirmed':
    case 'created':
    case 'prepared':
    case 'failed': {
      const [first, ...others] = state.approvals;
      // The policy decided, and its operation is under way.
      if (first === undefined) return refusalOfBusy(state);
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
    default:
      return state satisfies never;
  }
}

/** The states in which people decide. */
type Waiting = InState<'pending' | 'prepared'>;

function decideOn(
  request: MigrationRequest,
  state: Waiting,
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
        state: declined(request, state, { status: 'denied', by: personOf(by), at: now, reason }),
        event: { type: 'denied', ...eventOf(operationIn(state)), reason },
      };
    }
    default:
      return intent satisfies never;
  }
}

const personOf = ({ userId, name }: Person): Person => ({ userId, name });

const isConfirmed = (
  { parameters }: MigrationRequest,
  { destination }: { destination?: string },
): boolean => destination?.trim() === parameters.DstInfo.InstanceId;

function approve(
  request: MigrationRequest,
  state: Waiting,
  by: Actor,
  intent: { comment?: string; destination?: string },
  at: Date,
): Decision {
  const { revision } = request;
  const operation = operationIn(state);
  const rule = demandsOf(request.rule, operation);
  const early = refusalOfStart(request);
  if (early !== undefined) return refuse(early);
  const earlier = approvalsOf(state.approvals, revision);
  if (earlier.some((given) => given.by.userId === by.userId)) {
    return refuse({ code: 'already_approved_by_you' });
  }
  const confirmed = isConfirmed(request, intent);
  if (rule.confirmDestination && !confirmed) return refuse({ code: 'destination_not_confirmed' });
  if (by.from.includes('unknown')) return refuse({ code: 'approvers_unknown' });
  const reviewed = review(request, earlier, by.today);
  if (reviewed.kind === 'unknown') return refuse({ code: 'approvers_unknown' });
  const comment = intent.comment?.trim() ?? '';
  const said = comment === '' ? {} : { comment };
  const from = listsOf(rule, by.from);
  const own: Approval = { by: personOf(by), at, revision, from, confirmed, ...said };
  const approvals = [...reviewed.approvals, own];
  const reached = reachedBy(rule, approvals);
  return {
    ok: true,
    state: reached === undefined ? { ...state, approvals } : approved(request, state, reached),
    event: {
      type: 'approved',
      ...eventOf(operation),
      count: peopleIn(approvals),
      required: rule.required,
      ...said,
      ...(operation.name === 'skip_check' ? { skips: operation.skips } : {}),
      ...(reached === undefined ? { missing: missingOf(rule, approvals) } : { isEnough: true }),
    },
  };
}

/** The state after the last approval. A job that runs already needs no call. */
function approved(
  { job }: MigrationRequest,
  state: Waiting,
  approvals: InState<'approved'>['approvals'],
): RequestState {
  const attempts = state.attempts ?? 0;
  if (state.status === 'pending') {
    return { status: 'approved', operation: state.operation, approvals, attempts };
  }
  if (job === undefined || isStarted(job)) return started(state, approvals, attempts);
  const operation = { name: 'start_job', from: state, before: job.status } as const;
  return { status: 'approved', operation, approvals, attempts };
}

/** Approves in an emergency with one person's approval. Every place that shows it says so. */
function breakGlass(
  request: MigrationRequest,
  state: Waiting,
  by: Actor,
  intent: IntentOf<'break_glass'>,
  at: Date,
): Decision {
  const reason = intent.reason.trim();
  if (reason === '') return refuse({ code: 'reason_missing' });
  const early = refusalOfStart(request);
  if (early !== undefined) return refuse(early);
  const confirmed = isConfirmed(request, intent);
  const { revision, rule } = request;
  if (rule.confirmDestination && !confirmed) return refuse({ code: 'destination_not_confirmed' });
  const given = { by: personOf(by), at, revision, from: [], confirmed };
  const alone: Approval = { ...given, breakGlass: reason };
  const others = approvalsOf(state.approvals, revision).filter(
    (earlier) => earlier.by.userId !== by.userId,
  );
  return {
    ok: true,
    state: approved(request, state, [alone, ...others]),
    event: { type: 'break_glass', reason },
  };
}

function takeBack(request: MigrationRequest, state: Waiting, { userId }: Actor): Decision {
  const approvals = state.approvals.filter(({ by }) => by.userId !== userId);
  if (approvals.length === state.approvals.length) return refuse({ code: 'nothing_to_take_back' });
  const operation = operationIn(state);
  const rule = demandsOf(request.rule, operation);
  // Nobody wants the operation anymore.
  const isChosen = operation.name !== 'create_job' && operation.name !== 'modify_job';
  const isOver = isChosen && approvals.length === 0;
  return {
    ok: true,
    state: isOver ? operation.from : { ...state, approvals },
    event: {
      type: 'taken_back',
      ...eventOf(operation),
      count: peopleIn(approvals),
      required: rule.required,
      missing: missingOf(rule, approvals),
    },
  };
}

/** Withdrawing also works while an approved request waits for a launch window or a retry. */
function withdraw(request: MigrationRequest, by: Actor, at: Date): Decision {
  const { state } = request;
  if (!accepts(state, 'withdraw')) return refuse({ code: 'cannot_withdraw' });
  return {
    ok: true,
    state: declined(request, state, { status: 'withdrawn', by: personOf(by), at }),
    event: { type: 'withdrawn', ...eventOf(operationIn(state)) },
  };
}

/**
 * New parameters make a new revision without approvals. If only the password of a failed request is
 * typed again, the request keeps its approvals and the person doesn't become an editor.
 */
function edit(
  request: MigrationRequest,
  by: Actor,
  { to, asks }: IntentOf<'edit'>,
  now: Date,
): Decision {
  const { state, rule } = request;
  if (!accepts(state, 'edit')) return refuse({ code: 'cannot_edit' });
  const refusal = refusalOfRule(request, to.rule, asks);
  if (refusal !== undefined) return refuse(refusal);
  const differences = differencesOf(request, to);
  const isOther = changesWhatIsSeen(differences);
  // Altered parts were never approved in their current form.
  if (state.status === 'failed' && !isOther && request.altered.length === 0) {
    return {
      ok: true,
      state: { status: 'approved', operation: creation, approvals: state.approvals, attempts: 0 },
      event: { type: 'edited', differences, voided: 0 },
      // The rule stays, so the check before the call notices if today's rule differs.
      revised: { ...to, rule, revision: request.revision, editors: request.editors },
    };
  }
  if (differences.length === 0) return refuse({ code: 'nothing_changed' });
  const event = {
    type: 'edited',
    differences,
    voided: state.approvals.length,
    ...creatingBy(to.rule),
  } as const;
  const editors = editorsWith(request, by);
  const revised = { ...to, revision: request.revision + 1, editors };
  if (state.status === 'prepared' && request.job?.status !== 'deleted') {
    // Today's rule decides again before the call whether the new job is created before its approval.
    const next = discard(state, createAtOnce(state.attempts ?? 0), now);
    const region = request.parameters.DstInfo.Region;
    return { ok: true, state: { ...next, region }, event: { ...event, discards: true }, revised };
  }
  const attempts = state.status === 'failed' ? 0 : state.attempts;
  return { ok: true, state: beginning(to.rule, now, attempts), event, revised };
}

/** Why an edited request can't have its new rule. */
function refusalOfRule(
  { channel, rule }: MigrationRequest,
  to: Rule,
  asks: Membership,
): Refusal | undefined {
  if (to.channel !== channel && to.channel !== rule.channel) {
    return { code: 'other_channel', rule: to.name, channel: to.channel };
  }
  if (asks === 'unknown') return { code: 'requesters_unknown' };
  return asks === 'no' ? { code: 'may_not_request', rule: to.name } : undefined;
}

/** The editors of a request after an edit by this person. */
const editorsWith = ({ editors, requester }: MigrationRequest, { userId }: Actor) =>
  userId === requester.userId ? editors : [...editors.filter((each) => each !== userId), userId];

/**
 * New parameters for the job make a new revision, which needs all approvals. Until then the job
 * keeps its parameters, and so does the request if nothing comes of the change.
 */
function modify(
  request: MigrationRequest,
  by: Actor,
  { to, asks }: IntentOf<'modify_job'>,
  now: Date,
): Decision {
  const { job, state } = request;
  if (job === undefined || !accepts(state, 'modify_job')) return refuseBusy(state);
  const refusal = refusalOfJob(request, 'modify_job') ?? refusalOfRule(request, to.rule, asks);
  if (refusal !== undefined) return refuse(refusal);
  const differences = differencesOf(request, to);
  const fixed = fixedInJob.find((path) => differences.some((each) => each.path === path));
  if (fixed !== undefined) return refuse({ code: 'fixed_in_job', path: fixed });
  if (differences.length === 0) return refuse({ code: 'nothing_changed' });
  const { observed, parameters, reason, revisedBy, rule, secrets } = request;
  const previous = { observed, parameters, reason, revisedBy, rule, secrets };
  const waiting =
    state.status === 'pending'
      ? waitFrom(to.rule, now, state.operation, state.attempts)
      : waitFrom(
          to.rule,
          now,
          { name: 'modify_job', from: state, before: job.status, previous },
          state.attempts ?? 0,
        );
  const voided = state.status === 'pending' ? state.approvals.length : 0;
  return {
    ok: true,
    state: waiting,
    event: { type: 'edited', operation: 'modify_job', differences, voided },
    revised: { ...to, revision: request.revision + 1, editors: editorsWith(request, by) },
  };
}

/** Why an operation on the job isn't possible now. */
function refusalOfJob(
  { job, state }: MigrationRequest,
  operation: JobOperation,
): Refusal | undefined {
  if (job === undefined || !accepts(state, operation)) return refusalOfBusy(state);
  const { said, status } = job;
  return allowedOn(job).includes(operation)
    ? undefined
    : { code: 'job_not_ready', operation, status, said };
}

function tryAgain(request: MigrationRequest, intent: IntentOf<'try_again'>): Decision {
  const { secrets, state } = request;
  if (!accepts(state, intent.type)) return refuse({ code: 'not_failed' });
  const { approvals } = state;
  switch (state.status) {
    case 'failed': {
      const other = refuseOtherRevision(request, intent);
      if (other !== undefined) return other;
      if (Object.values(secrets).some(({ kind }) => kind === 'typed')) {
        return refuse({ code: 'password_gone' });
      }
      return {
        ok: true,
        state: { status: 'approved', operation: creation, approvals, attempts: 0 },
        event: { type: 'try_again', operation: creation.name, after: 'failed', voided: 0 },
      };
    }
    case 'unconfirmed':
      return {
        ok: true,
        state: {
          status: 'approved',
          operation: state.operation,
          approvals,
          attempts: state.attempt,
        },
        event: {
          type: 'try_again',
          operation: state.operation.name,
          after: 'unconfirmed',
          voided: 0,
        },
      };
    default:
      return state satisfies never;
  }
}

function lookAgain({ state }: MigrationRequest, now: Date): Decision {
  if (!accepts(state, 'look_again')) return refuse({ code: 'not_in_doubt' });
  const { approvals, attempt, calledAt, doubt, operation } = state;
  const common = { operation, approvals, attempt, calledAt, doubt, looks: 0 };
  return {
    ok: true,
    state: { status: 'reconciling', ...common, lookAt: now, settledAt: now },
    event: { type: 'look_again', operation: operation.name },
  };
}

function chooseJob(
  { rule, state }: MigrationRequest,
  { jobId }: IntentOf<'choose_job'>,
  at: Date,
): Decision {
  if (!accepts(state, 'choose_job')) return refuse({ code: 'not_in_doubt' });
  if (!state.found.some((job) => job.jobId === jobId)) {
    return refuse({ code: 'no_such_job', jobId });
  }
  const { approvals, attempt } = state;
  return { ok: true, ...jobExists(approvals, { jobId }, { how: 'chosen', at, attempt, rule }) };
}

/**
 * Decides for an operation on the job. If the quorum needs more people, the operation waits for
 * them: each decides by the same button.
 */
function operate(
  request: MigrationRequest,
  by: Actor,
  intent: IntentOf<DecidedByButton>,
  at: Date,
): Decision {
  const { job, state } = request;
  const other = refuseOtherRevision(request, intent);
  if (other !== undefined) return other;
  if (job === undefined || !accepts(state, intent.type)) return refuseBusy(state);
  const notReady = refusalOfJob(request, intent.type);
  if (notReady !== undefined) return refuse(notReady);
  const chosen = choose(job, intent);
  if (!chosen.ok) return chosen;
  const { choice } = chosen;
  if (state.status === 'pending') {
    return isSameChoice(state.operation, choice)
      ? approve(request, state, by, typedWith(intent), at)
      : refuseBusy(state);
  }
  const operation: OperationOnJob = { ...choice, from: state, before: job.status };
  const waiting = waitFrom(request.rule, at, operation, state.attempts ?? 0);
  return approve({ ...request, state: waiting }, waiting, by, typedWith(intent), at);
}

/** An operation without the state of the request and of the job. */
type Choice =
  | { name: Exclude<DecidedByButton, 'resume_job' | 'skip_check'> }
  | { name: 'resume_job'; option: ResumeOption }
  | { name: 'skip_check'; skips: SkippedChecks };

function choose(
  job: Pick<ObservedJob, 'checks'>,
  intent: IntentOf<DecidedByButton>,
): { ok: true; choice: Choice } | { ok: false; refusal: Refusal } {
  switch (intent.type) {
    case 'resume_job':
      return { ok: true, choice: { name: intent.type, option: intent.option } };
    case 'skip_check': {
      if (intent.reason.trim() === '') return { ok: false, refusal: { code: 'reason_missing' } };
      const skips = skipsIn(job, intent);
      return skips === undefined
        ? { ok: false, refusal: { code: 'cannot_skip', items: intent.items } }
        : { ok: true, choice: { name: intent.type, skips } };
    }
    default:
      return { ok: true, choice: { name: intent.type } };
  }
}

/** What DTS shall skip; `undefined` if it doesn't let people skip one of the items. */
function skipsIn(
  job: Pick<ObservedJob, 'checks'>,
  { foreignKeys, items: chosen }: IntentOf<'skip_check'>,
): SkippedChecks | undefined {
  const found = skippable(job).filter(({ id }) => chosen.includes(id));
  if (found.length === 0 || !chosen.every((id) => found.some((item) => item.id === id))) {
    return undefined;
  }
  const items = found.map(({ id, name }) => ({ id, name }));
  if (!asksForeignKeys(items)) return { items };
  return foreignKeys === undefined ? undefined : { items, foreignKeys };
}

/** What a person entered in the form of an operation. */
function typedWith(intent: IntentOf<DecidedByButton>): { comment?: string; destination?: string } {
  switch (intent.type) {
    case 'resume_job':
      return intent.destination === undefined ? {} : { destination: intent.destination };
    case 'skip_check':
      return { comment: intent.reason };
    default:
      return {};
  }
}

function isSameChoice(operation: Operation, choice: Choice): boolean {
  switch (choice.name) {
    case 'resume_job':
      return operation.name === choice.name && operation.option === choice.option;
    case 'skip_check': {
      if (operation.name !== choice.name) return false;
      const { foreignKeys, items } = operation.skips;
      const isIn = ({ id }: { id: string }) => items.some((item) => item.id === id);
      return (
        foreignKeys === choice.skips.foreignKeys &&
        items.length === choice.skips.items.length &&
        choice.skips.items.every(isIn)
      );
    }
    default:
      return operation.name === choice.name;
  }
}

const refuseBusy = (state: RequestState): Decision => refuse(refusalOfBusy(state));

function refusalOfBusy(state: RequestState): Refusal {
  if (state.status === 'prepared') return { code: 'job_busy', operation: 'start_job' };
  if (state.status === 'discarding') return { code: 'job_busy', operation: 'delete_job' };
  const { name } = operationIn(state);
  return name === 'create_job' ? { code: 'no_job_yet' } : { code: 'job_busy', operation: name };
}

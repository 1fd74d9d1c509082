import type { Approval } from './approval';
import { decideOn, personOf } from './approve';
import { type Decision, refusalOfBusy, refuse, refuseBusy, refuseOtherRevision } from './decision';
import { declined } from './declined';
import { edit, modify } from './edit';
import { type Actor, refusalOfPerson } from './eligibility';
import {
  type DecidedByButton,
  type Intent,
  type IntentOf,
  isDecidedByButton,
  type PreparedAction,
} from './intent';
import { operate, refusalOfJob } from './operate';
import { operationIn } from './operationIn';
import { jobExists } from './operations/createJob';
import {
  creation,
  eventOf,
  type Operation,
  type OperationName,
  subjectOf,
} from './operations/operation';
import type { Refusal } from './refusal';
import type { InState, MigrationRequest, RequestState } from './request';
import { refusalOfStartTime } from './startTime';
import { accepts } from './states';

const isOperation = (intent: Intent): intent is IntentOf<DecidedByButton> =>
  isDecidedByButton(intent.type);

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
      return (
        refuseOtherRevision(request, intent) ??
        refuseOtherOperation(state, by, intent) ??
        decideOn(request, state, by, intent, now)
      );
    }
    case 'withdraw':
      return withdraw(request, by, intent, now);
    case 'edit':
      return refuseOtherRevision(request, intent) ?? edit(request, by, intent, now);
    case 'modify_job':
      return refuseOtherRevision(request, intent) ?? modify(request, by, intent, now);
    case 'try_again':
      return tryAgain(request, intent, now);
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

/**
 * Refuses a decision that the person made on something else, before the operation on the job began
 * to wait: such a click or form may not approve a cut-over.
 */
function refuseOtherOperation(
  state: InState<'pending' | 'prepared'>,
  by: Actor,
  intent: IntentOf<'approve' | 'break_glass' | 'take_back' | 'deny'>,
): Decision | undefined {
  const operation = operationIn(state);
  // An operation on the job is approved by its own button.
  const isForCreation = intent.type === 'approve' && isDecidedByButton(operation.name);
  const seen = isForCreation ? creation.name : endedBy(intent);
  if (seen === undefined || seen === operation.name) return undefined;
  const isCreated = operation.name !== creation.name && operation.from.status === 'created';
  return seen === creation.name && isCreated
    ? refuse(refusalOfDecided(operation.from, by))
    : refuseBusy(state);
}

const endedBy = (intent: Intent): OperationName | undefined =>
  intent.type === 'deny' || intent.type === 'take_back' ? intent.operation : undefined;

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

/** Withdrawing also works while an approved request waits for a launch window or a retry. */
function withdraw(
  request: MigrationRequest,
  by: Actor,
  { operation: seen }: IntentOf<'withdraw'>,
  at: Date,
): Decision {
  const { state } = request;
  if (!accepts(state, 'withdraw')) return refuse({ code: 'cannot_withdraw' });
  // The person saw the request before its job was created, and a change of the job waits now.
  const isOther = seen !== undefined && seen !== subjectOf(operationIn(state));
  if (isOther) return refuse({ code: 'cannot_withdraw' });
  return {
    ok: true,
    state: declined(request, state, { status: 'withdrawn', by: personOf(by), at }),
    event: { type: 'withdrawn', ...eventOf(operationIn(state)) },
  };
}

function tryAgain(request: MigrationRequest, intent: IntentOf<'try_again'>, now: Date): Decision {
  const { secrets, state } = request;
  if (!accepts(state, intent.type)) return refuse({ code: 'not_failed' });
  const other = refuseOtherRevision(request, intent);
  if (other !== undefined) return other;
  switch (state.status) {
    case 'failed': {
      const late = refusalOfStartTime(request, now);
      if (late !== undefined) return refuse(late);
      if (Object.values(secrets).some(({ kind }) => kind === 'typed')) {
        return refuse({ code: 'password_gone' });
      }
      return callAgain(creation, state.approvals, state.attempts ?? 0, 'failed');
    }
    case 'unconfirmed':
      // The person saw an earlier call, or its error, and has not checked what this one did.
      if (intent.attempt !== state.attempt) return refuse({ code: 'other_attempt' });
      return callAgain(state.operation, state.approvals, state.attempt, 'unconfirmed');
    default:
      return state satisfies never;
  }
}

/** The approvals still count, unless the review before the call drops them. */
const callAgain = (
  operation: Operation,
  approvals: readonly Approval[],
  attempts: number,
  after: 'failed' | 'unconfirmed',
): Decision => ({
  ok: true,
  state: { status: 'approved', operation, approvals, attempts },
  event: { type: 'try_again', operation: operation.name, after, voided: 0 },
});

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
  const { approvals, attempt: attempts } = state;
  return { ok: true, ...jobExists({ approvals, attempts }, { jobId }, 'chosen', { at, rule }) };
}

import type { Person } from '../people/person';
import { demandsOf } from '../policy/demands';
import type { Approval } from './approval';
import { type Decision, refuse } from './decision';
import { declined } from './declined';
import type { Actor } from './eligibility';
import type { IntentOf } from './intent';
import { refusalOfWindow } from './lateness';
import { operationIn } from './operationIn';
import { started, unperformed } from './operations/changeJob';
import { eventOf } from './operations/operation';
import { missingOf, peopleIn, reachedBy } from './quorum';
import type { InState, MigrationRequest, RequestState } from './request';
import { listsOf, review } from './review';
import { isStarted, refusalOfStart } from './startApproval';
import { refusalOfStartTime } from './startTime';
import { approvalsOf } from './waiting';

/** The states in which people decide. */
type Waiting = InState<'pending' | 'prepared'>;

export function decideOn(
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

export const personOf = ({ userId, name }: Person): Person => ({ userId, name });

interface Typed {
  destination?: string;
}

const isConfirmed = ({ parameters }: MigrationRequest, { destination }: Typed): boolean =>
  destination?.trim() === parameters.DstInfo.InstanceId;

/** Why a person has not confirmed the target. A form that was open before a reload didn't ask. */
const unconfirmed = ({ destination = '' }: Typed): Decision =>
  refuse({
    code: destination.trim() === '' ? 'destination_missing' : 'destination_not_confirmed',
  });

export function approve(
  request: MigrationRequest,
  state: Waiting,
  by: Actor,
  intent: Typed & { comment?: string },
  at: Date,
): Decision {
  const { revision } = request;
  const operation = operationIn(state);
  const rule = demandsOf(request.rule, operation);
  const untimely =
    refusalOfStart(request) ?? refusalOfStartTime(request, at) ?? refusalOfWindow(request, at);
  if (untimely !== undefined) return refuse(untimely);
  const earlier = approvalsOf(state.approvals, revision);
  const isOwn = (given: Approval): boolean => given.by.userId === by.userId;
  const reviewed = review(request, earlier, by.today);
  // If the policy now requires fewer approvals, the next one decides, even from the same person.
  const isEnough = reviewed.kind === 'known' && reachedBy(rule, reviewed.approvals) !== undefined;
  if (!isEnough && earlier.some(isOwn)) return refuse({ code: 'already_approved_by_you' });
  const confirmed = isConfirmed(request, intent);
  if (rule.confirmDestination && !confirmed) return unconfirmed(intent);
  if (by.from.includes('unknown')) return refuse({ code: 'approvers_unknown' });
  if (reviewed.kind === 'unknown') return refuse({ code: 'approvers_unknown' });
  const comment = intent.comment?.trim() ?? '';
  const said = comment === '' ? {} : { comment };
  const from = listsOf(rule, by.from);
  const own: Approval = { by: personOf(by), at, revision, from, confirmed, ...said };
  const approvals = [...reviewed.approvals.filter((given) => !isOwn(given)), own];
  const reached = reachedBy(rule, approvals);
  const next = reached === undefined ? { ...state, approvals } : approved(request, state, reached);
  return {
    ok: true,
    state: next,
    event: {
      type: 'approved',
      ...eventOf(operation),
      count: peopleIn(approvals),
      required: rule.required,
      ...said,
      ...(operation.name === 'skip_check' ? { skips: operation.skips } : {}),
      ...(reached === undefined ? { missing: missingOf(rule, approvals) } : { isEnough: true }),
      ...underWay(next),
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

const underWay = ({ status }: RequestState): { isUnderWay?: true } =>
  status === 'created' ? { isUnderWay: true } : {};

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
  const untimely = refusalOfStart(request) ?? refusalOfStartTime(request, at);
  if (untimely !== undefined) return refuse(untimely);
  const confirmed = isConfirmed(request, intent);
  const { revision, rule } = request;
  if (rule.confirmDestination && !confirmed) return unconfirmed(intent);
  const given = { by: personOf(by), at, revision, from: [], confirmed };
  const alone: Approval = { ...given, breakGlass: reason };
  const others = approvalsOf(state.approvals, revision).filter(
    (earlier) => earlier.by.userId !== by.userId,
  );
  const next = approved(request, state, [alone, ...others]);
  return { ok: true, state: next, event: { type: 'break_glass', reason, ...underWay(next) } };
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
    state: isOver ? unperformed(operation.from, state.attempts ?? 0) : { ...state, approvals },
    event: {
      type: 'taken_back',
      ...eventOf(operation),
      count: peopleIn(approvals),
      required: rule.required,
      missing: missingOf(rule, approvals),
    },
  };
}

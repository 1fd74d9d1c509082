import { errorCodes, explanationOf } from '../errors/errorCodes';
import type { Change } from '../request/change';
import type { Doubt, LaunchProblem } from '../request/launchOutcome';
import { operationIn } from '../request/operationIn';
import { type InState, type RequestState, waitingSince } from '../request/request';
import type { EventPayload } from '../request/requestEvent';
import { approvalsIn } from '../request/states';
import type { WatchChange } from '../request/watch';
import type { MeasuredDecision, Measurement, SearchResult } from './measurement';

type Measured = Pick<Change, 'at' | 'event' | 'request' | 'state'>;

/** The measurements of a recorded change. `request` is as it was before the change. */
export function measureChange(change: Measured): Measurement[] {
  const { event } = change;
  return [
    { kind: 'event', type: event.type },
    ...decisionOf(change),
    ...attemptOf(change),
    ...searchOf(change),
    ...jobOf(change),
  ];
}

/** The same for a watch. */
export const measureWatch = ({ event }: Pick<WatchChange, 'event'>): Measurement[] => [
  { kind: 'event', type: event.type },
  ...(event.type === 'job_moved' ? [{ kind: 'job_moved', to: event.to } as const] : []),
];

function decisionOf({ at, event, request, state }: Measured): Measurement[] {
  const decision = decisionIn(event, request.state, state);
  const before = request.state;
  if (decision === undefined || !isUndecided(before)) return [];
  const operation = operationIn(before).name;
  return [{ kind: 'decided', operation, decision, seconds: between(waitingSince(request), at) }];
}

/** The states in which people decide. */
const isUndecided = (state: RequestState): state is InState<'pending' | 'prepared'> =>
  state.status === 'pending' || state.status === 'prepared';

function decisionIn(
  event: EventPayload,
  before: RequestState,
  after: RequestState,
): MeasuredDecision | undefined {
  if (event.type === 'break_glass') return 'emergency';
  if (event.type === 'denied' || event.type === 'withdrawn' || event.type === 'expired') {
    return event.type;
  }
  return isUndecided(before) && after.status === 'approved' ? 'approved' : undefined;
}

function attemptOf({ event }: Measured): Measurement[] {
  const kind = 'attempt_ended';
  switch (event.type) {
    case 'created':
      return [{ kind, operation: 'create_job', outcome: 'done' }];
    case 'operated':
      return [{ kind, operation: event.operation, outcome: 'done' }];
    case 'failed':
    case 'postponed':
      return [
        { kind, operation: event.operation, outcome: event.type, code: codeOf(event.problem) },
      ];
    case 'answer_lost':
      return [{ kind, operation: event.operation, outcome: 'unknown', code: event.doubt.kind }];
    default:
      return [];
  }
}

/** The code that Ferry explains, so that no server invents labels. */
export const codeOf = (problem: LaunchProblem): string =>
  problem.kind === 'refused' ? explanationOf(problem.code) : problem.kind;

/** The codes of what is not an error of Tencent Cloud. */
const ownCodes = {
  not_sent: true,
  rule_unclear: true,
  start_time_passed: true,
  requester_not_allowed: true,
  job_not_ready: true,
  check_changed: true,
  no_effect: true,
  record_altered: true,
  secret_unreadable: true,
  secret_unavailable: true,
  no_answer: true,
  unreadable_answer: true,
  redirected: true,
  interrupted: true,
  duplicate: true,
} satisfies Record<Exclude<LaunchProblem['kind'], 'refused'> | Doubt['kind'], true>;

/** All codes of attempts that were not done. */
export const problemCodes = [...errorCodes, 'unlisted', ...Object.keys(ownCodes)];

const resultOf: Readonly<Partial<Record<EventPayload['type'], SearchResult>>> = {
  created: 'found',
  operated: 'found',
  looked: 'again',
  unconfirmed: 'person',
  failed: 'no_effect',
};

function searchOf({ event, request: { state } }: Measured): Measurement[] {
  const result = resultOf[event.type];
  if (state.status !== 'reconciling' || result === undefined) return [];
  // The response to the call can arrive during the search.
  const isAnswer =
    (event.type === 'created' || event.type === 'operated') && event.how === 'answered';
  return isAnswer ? [] : [{ kind: 'searched', operation: state.operation.name, result }];
}

function jobOf({ at, event, state }: Measured): Measurement[] {
  if (event.type === 'job_moved') return [{ kind: 'job_moved', to: event.to }];
  if (event.type !== 'created') return [];
  const approvals = approvalsIn(state);
  // Nobody approved a job that is created before its approval.
  if (approvals.length === 0) return [];
  const quorumAt = Math.max(...approvals.map((approval) => approval.at.getTime()));
  return [{ kind: 'job_known', how: event.how, seconds: between(new Date(quorumAt), at) }];
}

/** In seconds. Clocks of replicas differ a little, and a duration is never negative. */
const between = (from: Date, to: Date): number =>
  Math.max(0, (to.getTime() - from.getTime()) / 1_000);

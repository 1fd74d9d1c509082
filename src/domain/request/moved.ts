import { type FollowedJob, followed } from '../job/followed';
import {
  isAutomatic,
  isUnclear,
  type ObservedJob,
  phaseOf,
  showsEffect,
  stopped,
  unstarted,
} from '../job/job';
import type { Transition } from './change';
import { operationIn } from './operationIn';
import { afterDeletion, withoutCall } from './operations/changeJob';
import { isPossible, type OperationOnJob, shownBefore } from './operations/operation';
import { afterQuiet } from './reminders';
import type { MigrationRequest, RequestState } from './request';
import type { PayloadOf } from './requestEvent';

/** Before Ferry first saw a job, nobody can have started it. */
const firstStatus = 'created';

/**
 * Records that a job has a different status from the one that Ferry saw last; `undefined` if it has the same one. An
 * operation that waits and that the new status doesn't allow is dropped. Pure.
 */
export function moved(
  request: Pick<MigrationRequest, 'job' | 'rule' | 'state'>,
  described: ObservedJob,
  at: Date,
): Transition | undefined {
  const { job, rule, state } = request;
  const called = calledIn(state);
  const seen = called?.operation.name === 'stop_job' ? stopped(described) : described;
  const event = changeOfStatus(job, seen, at);
  if (event === undefined) return undefined;
  const dropped = droppedBy(seen, state);
  const remains =
    dropped === undefined ? state : withoutCall(dropped.operation, dropped.attempts, { at, rule });
  const isFerrys =
    called !== undefined && showsEffect(called.operation.name, shownBefore(called.operation), seen);
  const noted = isFerrys ? withEffect(remains) : remains;
  return {
    state: seen.status === 'deleted' ? withoutJob(noted) : noted,
    event: {
      ...event,
      elsewhere: event.elsewhere && !isFerrys,
      ...(isDiscarded(state) ? { isNotNeeded: true } : {}),
      ...(dropped === undefined ? {} : { operation: dropped.operation.name }),
    },
    job: followed(job, seen, at),
  };
}

/**
 * The event about a job's new status, as if only DTS itself acts on the job; `undefined` if it has
 * the same status. `job`: as Ferry saw it last. Pure.
 */
export function changeOfStatus(
  job: FollowedJob | undefined,
  described: ObservedJob,
  at: Date,
): PayloadOf<'job_moved'> | undefined {
  const seen = followed(job, described, at);
  const isNew = seen.status === 'creating' || seen.status === firstStatus;
  const from = job?.status ?? (isNew ? seen.status : firstStatus);
  const isSame = from === seen.status && (job?.said ?? seen.said) === seen.said;
  if (isSame || (from === seen.status && seen.status !== 'other')) return undefined;
  const { lagMegabytes, lagSeconds } =
    seen.cutOver ?? (seen.lagSeconds === undefined ? (job ?? seen) : seen);
  const { consistency, errors, said, status } = seen;
  // DTS destroys an isolated job later.
  const isDestroyed = status === 'deleted' && job?.billing === 'isolated';
  const step = phaseOf(status) === 'failed' ? failedStep(seen) : undefined;
  const [error] = errors;
  return {
    type: 'job_moved',
    from,
    to: status,
    said,
    elsewhere:
      !isUnclear(from) &&
      !isUnclear(status) &&
      !isAutomatic(from, status) &&
      !isDestroyed &&
      // DTS didn't find the job for a while.
      from !== 'deleted',
    ...(status === 'ready_complete' && job?.hasCaughtUp === true ? { isRepeated: true } : {}),
    ...(error === undefined || error.text === '' ? {} : { error: error.text }),
    ...(error?.solution === undefined ? {} : { solution: error.solution }),
    ...(error?.link === undefined ? {} : { link: error.link }),
    ...(step === undefined ? {} : { step }),
    // How far the target was behind when the cut-over began.
    ...(lagSeconds === undefined ? {} : { lagSeconds }),
    ...(lagMegabytes === undefined ? {} : { lagMegabytes }),
    ...(consistency === undefined ? {} : { consistency }),
    ...(seen.checks === undefined || !isCheckResult(status) ? {} : { checks: seen.checks }),
  };
}

/** The step at which a job failed, counted from 1. */
function failedStep({ steps }: ObservedJob) {
  const failed = steps.findIndex(({ status }) => status === 'failed');
  const index = failed === -1 ? steps.findLastIndex(({ status }) => status === 'running') : failed;
  const step = steps[index];
  if (step === undefined) return undefined;
  const { message, name } = step;
  const said = message === undefined ? {} : { message };
  return { number: index + 1, of: steps.length, name, ...said };
}

const dayMs = 24 * 3_600_000;
const usualIdleMs = 3 * dayMs;

type JobIdle = PayloadOf<'job_idle'>;

/**
 * Reminds people of a job that nobody has started, or that Ferry could not delete, for the time that
 * the rule sets, outside of its quiet hours; `undefined` if that isn't due. The caller knows whether
 * it happened before. Pure.
 */
export function broughtUp(
  { job, rule, state }: Pick<MigrationRequest, 'job' | 'rule' | 'state'>,
  now: Date,
): { state: RequestState; event: JobIdle } | undefined {
  const { idleAfterMs = usualIdleMs } = rule;
  const event = job === undefined ? undefined : idleness(job, state);
  if (event === undefined || idleAfterMs === null) return undefined;
  if (event.since.getTime() + idleAfterMs > now.getTime()) return undefined;
  if (afterQuiet(rule.reminders.quiet, now) > now) return undefined;
  return { state, event };
}

function idleness(
  { billing, since, status }: FollowedJob,
  state: RequestState,
): JobIdle | undefined {
  switch (state.status) {
    case 'created':
      return unstarted.includes(status) && billing !== 'isolated'
        ? { type: 'job_idle', since }
        : undefined;
    case 'discarding':
      return { type: 'job_idle', since: state.at, isNotNeeded: true };
    default:
      return undefined;
  }
}

const isCheckResult = (status: ObservedJob['status']): boolean =>
  status === 'check_passed' || status === 'check_failed';

/** The operation on the job whose call was made and has no known outcome. */
function calledIn(state: RequestState): { operation: OperationOnJob; attempt: number } | undefined {
  if (state.status !== 'launching' && state.status !== 'reconciling') return undefined;
  const { attempt, operation } = state;
  return operation.name === 'create_job' ? undefined : { operation, attempt };
}

/** The job as Ferry saw it last, if it has shown the effect of the call under way. */
export const effectShown = ({
  job,
  state,
}: Pick<MigrationRequest, 'job' | 'state'>): { shown?: FollowedJob } => {
  const isUnderWay = state.status === 'launching' || state.status === 'reconciling';
  return isUnderWay && state.hadEffect === true && job !== undefined ? { shown: job } : {};
};

/** Notes that the job shows the effect of the call. Its status may change before the call ends. */
const withEffect = (state: RequestState): RequestState =>
  state.status === 'launching' || state.status === 'reconciling'
    ? { ...state, hadEffect: true }
    : state;

/**
 * The state once its job is deleted. A call of Ferry's deletion may still fail, and nothing would
 * follow it, because Ferry doesn't ask for a deleted job again.
 */
function withoutJob(state: RequestState): RequestState {
  if (state.status === 'discarding') return afterDeletion(state);
  const called = calledIn(state);
  return called?.operation.from.status === 'discarding'
    ? afterDeletion(called.operation.from, called.attempt)
    : state;
}

/** True if nobody needs the job anymore, also while people or Ferry stop or delete it. */
function isDiscarded(state: RequestState): boolean {
  if (state.status === 'discarding') return true;
  const operation = operationIn(state);
  return operation.name !== 'create_job' && operation.from.status === 'discarding';
}

/** The waiting operation that a job's status makes pointless. */
function droppedBy(seen: ObservedJob, state: RequestState) {
  if (state.status !== 'pending' && state.status !== 'approved') return undefined;
  const { attempts, operation } = state;
  return operation.name === 'create_job' || isPossible(operation, seen)
    ? undefined
    : { operation, attempts };
}

import type { ObservedJob } from '../../job/job';
import { backoffMs } from '../../time/backoff';
import { after } from '../../time/offset';
import type { Transition } from '../change';
import { type Doubt, type LaunchProblem, mayRetry, type OperationOutcome } from '../launchOutcome';
import { nextReminder } from '../reminders';
import type { InState, RequestState } from '../request';
import { isInDoubt } from '../states';
import type { Operation, OperationName } from './operation';
import type { Moment, OperationRules } from './rules';

/*
 * The life cycle of an operation: approved, launching, then done, failed or reconciling, and
 * unconfirmed. Each function returns the transition, or `undefined` if the request is no longer in
 * the right state. Pure.
 */

const searchBackoff = { firstMs: 2_000, mostMs: 30_000 };

/** Lets an approved operation wait for the launch window of its rule. */
export function hold(state: RequestState, until: Date): Transition | undefined {
  if (state.status !== 'approved') return undefined;
  const { unverifiedSince, ...confirmed } = state;
  const isHeld = state.opensAt?.getTime() === until.getTime();
  if (isHeld && unverifiedSince === undefined) return undefined;
  return {
    state: { ...confirmed, opensAt: until },
    event: { type: 'held', operation: state.operation.name, until },
  };
}

/** Lets an approved operation wait until Slack confirms the approvers. */
export function waitForSlack(state: RequestState, now: Date): Transition | undefined {
  if (state.status !== 'approved' || state.unverifiedSince !== undefined) return undefined;
  return {
    state: { ...state, unverifiedSince: now },
    event: { type: 'unverified', operation: state.operation.name },
  };
}

/** Ends an approved operation before its call. */
export const failBeforeCall = <Result, Search>(
  rules: OperationRules<Result, Search>,
  state: RequestState,
  problem: LaunchProblem,
  moment: Moment,
): Transition | undefined =>
  state.status === 'approved' ? rules.failed(state, problem, moment) : undefined;

/**
 * Claims an approved operation for its call.
 * @param before the job right before the call. It may have changed since people decided.
 */
export function claim(state: RequestState, now: Date, before?: JobBefore): Transition | undefined {
  if (state.status !== 'approved') return undefined;
  if (state.retry !== undefined && state.retry.at > now) return undefined;
  const { approvals, retry } = state;
  const operation = since(state.operation, before);
  const attempt = state.attempts + 1;
  const repeated = retry === undefined ? {} : { retries: retry.number };
  return {
    state: { status: 'launching', operation, approvals, attempt, calledAt: now, ...repeated },
    event: { type: 'launched', operation: operation.name, attempt },
  };
}

type JobBefore = Pick<ObservedJob, 'billing' | 'status'>;

const since = (operation: Operation, before: JobBefore | undefined): Operation =>
  operation.name === 'create_job' || before === undefined
    ? operation
    : { ...operation, before: before.status, billing: before.billing };

export interface Settlement<Result> {
  operation: OperationName;
  attempt: number;
  outcome: OperationOutcome<Result>;
  /** When to repeat the call if the outcome allows it; missing if Ferry repeated it often enough. */
  retry?: { at: Date; number: number };
}

/**
 * Applies the outcome of a call. A late outcome still counts unless a later call was made.
 * `settleMs`: how long to search for the effect if no response arrived.
 */
export function settle<Result, Search>(
  rules: OperationRules<Result, Search>,
  state: RequestState,
  { attempt, operation, outcome, retry }: Settlement<Result>,
  { settleMs, ...moment }: Moment & { settleMs: number },
): Transition | undefined {
  const isWaited =
    isInDoubt(state) && state.attempt === attempt && state.operation.name === operation;
  if (!isWaited) return rules.late(state, attempt, outcome);
  const { approvals } = state;
  const attempts = { approvals, attempts: attempt };
  switch (outcome.kind) {
    case 'done':
      return rules.done(attempts, outcome.result, 'answered', moment);
    case 'failed': {
      const { problem } = outcome;
      const doubt = rules.doubtIn(problem);
      if (doubt !== undefined) return startSearch(state, doubt, moment.at, settleMs);
      if (retry === undefined || !mayRetry(problem)) return rules.failed(attempts, problem, moment);
      return {
        state: {
          status: 'approved',
          operation: state.operation,
          ...attempts,
          retry: { ...retry, problem },
        },
        event: { type: 'postponed', operation, attempt, problem, until: retry.at },
      };
    }
    case 'unknown':
      return startSearch(state, outcome.doubt, moment.at, settleMs);
    default:
      return outcome satisfies never;
  }
}

/** Gives up a call whose process has ended, and starts the search for its effect. */
export const giveUp = (state: RequestState, now: Date, settleMs: number): Transition | undefined =>
  startSearch(state, { kind: 'interrupted' }, now, settleMs);

function startSearch(
  state: RequestState,
  doubt: Doubt,
  now: Date,
  settleMs: number,
): Transition | undefined {
  if (state.status !== 'launching') return undefined;
  const { approvals, attempt, calledAt, hadEffect, operation } = state;
  return {
    state: {
      status: 'reconciling',
      operation,
      approvals,
      attempt,
      calledAt,
      doubt,
      looks: 0,
      lookAt: now,
      settledAt: after(now, settleMs),
      ...(hadEffect === undefined ? {} : { hadEffect }),
    },
    event: { type: 'answer_lost', operation: operation.name, doubt },
  };
}

/**
 * Applies the result of a search. If nothing was found, Ferry searches again until its
 * time runs out.
 */
export function applySearch<Result, Search>(
  rules: OperationRules<Result, Search>,
  state: RequestState,
  search: Search,
  moment: Moment,
): Transition | undefined {
  const { at } = moment;
  if (state.status !== 'reconciling' || state.lookAt > at) return undefined;
  const { approvals, attempt } = state;
  const attempts = { approvals, attempts: attempt };
  const isOver = at >= state.settledAt;
  const verdict = rules.judge(search, state);
  switch (verdict.kind) {
    case 'done':
      return rules.done(attempts, verdict.result, 'found', moment);
    case 'failed':
      return rules.failed(attempts, verdict.problem, moment);
    case 'unclear':
      return leaveToPerson(state, { found: verdict.found }, moment);
    case 'nothing': {
      const { kind: _, ...why } = verdict;
      return isOver ? leaveToPerson(state, { found: [], ...why }, moment) : searchLater(state, at);
    }
    case 'no_effect':
      return isOver
        ? rules.failed(attempts, { kind: 'no_effect' }, moment)
        : searchLater(state, at);
    case 'not_shown':
      return searchLater(state, at);
    default:
      return verdict satisfies never;
  }
}

function searchLater(state: InState<'reconciling'>, now: Date): Transition {
  const looks = state.looks + 1;
  return {
    state: { ...state, looks, lookAt: after(now, backoffMs(searchBackoff, looks)) },
    event: { type: 'looked', operation: state.operation.name, found: 0 },
  };
}

function leaveToPerson(
  { approvals, attempt, calledAt, doubt, operation }: InState<'reconciling'>,
  search: Pick<InState<'unconfirmed'>, 'found' | 'searchProblem'>,
  { at, rule }: Moment,
): Transition {
  const remindAt = nextReminder(rule, at, 0);
  return {
    state: {
      status: 'unconfirmed',
      operation,
      approvals,
      attempt,
      calledAt,
      doubt,
      at,
      ...(remindAt === undefined ? {} : { remindAt }),
      ...search,
    },
    event: { type: 'unconfirmed', operation: operation.name, doubt, ...search },
  };
}

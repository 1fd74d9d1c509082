import type { Transition } from './change';
import {
  type Doubt,
  type LaunchOutcome,
  type LaunchProblem,
  mayRetry,
  type Search,
} from './launchOutcome';
import { afterQuiet, remindersBy } from './reminders';
import type { InState, MigrationRequest, RequestState } from './request';
import { deadlines } from './waiting';

/** What Ferry does with a request by itself. */
export type Step =
  /** Reminds of a request that waits, or ends it, by what is due. */
  | { type: 'keep_time' }
  /** Has an approved request wait for the hours of its rule. */
  | { type: 'hold'; until: Date }
  /** Slack does not confirm the approvers, so the call waits. */
  | { type: 'wait_for_slack' }
  /** Ends an approved request before the call. */
  | { type: 'refuse'; problem: LaunchProblem }
  /** Takes the request for a call. */
  | { type: 'claim' }
  /** `retryAt`: when to try again if the outcome allows it; absent when tries are used up. */
  | { type: 'settle'; attempt: number; outcome: LaunchOutcome; retryAt?: Date }
  /** Ends a launch of a process that is gone. */
  | { type: 'give_up' }
  /** A look for the job of a lost answer. */
  | { type: 'look'; search: Search };

/** A job shows up in `DescribeMigrateJobs` well within this time of the call that created it. */
const usualSettleMs = 120_000;
const firstLookDelayMs = 2_000;
const longestLookDelayMs = 30_000;

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/**
 * What a launcher's step makes of a request at `now`; `undefined` when the step does not fit the
 * state, because somebody else was faster. Pure.
 */
export function advance(
  request: MigrationRequest,
  step: Step,
  now: Date,
  settleMs = usualSettleMs,
): Transition | undefined {
  const { state } = request;
  switch (step.type) {
    case 'keep_time':
      return state.status === 'pending' ? keepTime(request, state, now) : undefined;
    case 'hold':
      return state.status === 'approved' && state.opensAt?.getTime() !== step.until.getTime()
        ? {
            state: { ...state, opensAt: step.until },
            happening: { type: 'held', until: step.until },
          }
        : undefined;
    case 'wait_for_slack':
      return state.status === 'approved' && state.unverifiedSince === undefined
        ? { state: { ...state, unverifiedSince: now }, happening: { type: 'unverified' } }
        : undefined;
    case 'refuse': {
      const { problem } = step;
      return state.status === 'approved'
        ? {
            state: { status: 'failed', approvals: state.approvals, problem, at: now },
            happening: { type: 'failed', problem },
          }
        : undefined;
    }
    case 'claim':
      return state.status === 'approved' ? claim(state, now) : undefined;
    case 'settle':
      return settle(state, step, now, settleMs);
    case 'give_up':
      return state.status === 'launching'
        ? startLooking(state, { kind: 'interrupted' }, now, settleMs)
        : undefined;
    case 'look':
      return state.status === 'reconciling' ? look(state, step.search, now) : undefined;
    default:
      return step satisfies never;
  }
}

function keepTime(
  { askedAt, rule }: MigrationRequest,
  state: InState<'pending'>,
  now: Date,
): Transition | undefined {
  if (state.expireAt !== undefined && state.expireAt <= now) {
    return { state: { status: 'expired', at: now }, happening: { type: 'expired' } };
  }
  if (state.remindAt === undefined || state.remindAt > now) return undefined;
  const quietUntil = afterQuiet(rule.reminders.quiet, now);
  if (quietUntil > now) {
    // Due before the quiet hours, but late: the moment of sending counts.
    return {
      state: { ...state, remindAt: quietUntil },
      happening: { type: 'reminder_held', until: quietUntil },
    };
  }
  const { approvals, attempts, since = askedAt } = state;
  const reminders = Math.max(state.reminders + 1, remindersBy(rule, since, now));
  const times = { since, reminders, ...deadlines(rule, since, reminders) };
  return {
    state: { status: 'pending', approvals, attempts, ...times },
    happening: { type: 'reminded', number: reminders },
  };
}

function claim(state: InState<'approved'>, now: Date): Transition | undefined {
  if (state.retry !== undefined && state.retry.at > now) return undefined;
  const { approvals } = state;
  const attempt = state.attempts + 1;
  return {
    state: { status: 'launching', approvals, attempt, calledAt: now },
    happening: { type: 'launched', attempt },
  };
}

/**
 * An answer counts as long as no later call was made, also after its sender was taken for dead. One
 * that comes later still is told: it may have created a second job.
 */
function settle(
  state: RequestState,
  { attempt, outcome, retryAt }: Extract<Step, { type: 'settle' }>,
  at: Date,
  settleMs: number,
): Transition | undefined {
  const isOpen =
    state.status === 'launching' ||
    state.status === 'reconciling' ||
    state.status === 'unconfirmed';
  if (!isOpen || state.attempt !== attempt) return strayJob(state, attempt, outcome);
  const { approvals } = state;
  switch (outcome.kind) {
    case 'created': {
      const { jobId, requestId } = outcome;
      return {
        state: { status: 'created', approvals, jobId, requestId, at },
        happening: { type: 'created', how: 'answered', jobId, requestId },
      };
    }
    case 'failed': {
      const { problem } = outcome;
      if (problem.kind === 'refused' && problem.code === 'InternalError.DuplicateJob') {
        return state.status === 'launching'
          ? startLooking(state, { ...problem, kind: 'duplicate' }, at, settleMs)
          : undefined;
      }
      if (retryAt === undefined || !mayRetry(problem)) {
        return {
          state: { status: 'failed', approvals, problem, at },
          happening: { type: 'failed', problem },
        };
      }
      const retry = { at: retryAt, problem };
      return {
        state: { status: 'approved', approvals, attempts: attempt, retry },
        happening: { type: 'postponed', attempt, problem, until: retryAt },
      };
    }
    case 'unknown':
      return state.status === 'launching'
        ? startLooking(state, outcome.doubt, at, settleMs)
        : undefined;
    default:
      return outcome satisfies never;
  }
}

function strayJob(
  state: RequestState,
  attempt: number,
  outcome: LaunchOutcome,
): Transition | undefined {
  if (outcome.kind !== 'created') return undefined;
  const { jobId } = outcome;
  if (state.status === 'created' && state.jobId === jobId) return undefined;
  return { state, happening: { type: 'stray_job', attempt, jobId } };
}

function startLooking(
  { approvals, attempt, calledAt }: InState<'launching'>,
  doubt: Doubt,
  now: Date,
  settleMs: number,
): Transition {
  return {
    state: {
      status: 'reconciling',
      approvals,
      attempt,
      calledAt,
      doubt,
      looks: 0,
      lookAt: now,
      settledAt: after(now, settleMs),
    },
    happening: { type: 'answer_lost', doubt },
  };
}

/** One job that fits is ours. Several are a person's to choose from; none may still show up. */
function look(state: InState<'reconciling'>, search: Search, now: Date): Transition | undefined {
  if (state.lookAt > now) return undefined;
  const { approvals, attempt, calledAt, doubt } = state;
  const found = search.kind === 'found' ? search.jobs : [];
  const [only, ...others] = found;
  const isContested = search.kind === 'found' && search.contested;
  if (only !== undefined && others.length === 0 && !isContested) {
    const { jobId } = only;
    return {
      state: { status: 'created', approvals, jobId, at: now },
      happening: { type: 'created', how: 'found', jobId },
    };
  }
  if (doubt.kind === 'duplicate' && search.kind === 'found' && only === undefined) {
    // The refusal stands: the job in the way is somebody else's.
    const problem = { ...doubt, kind: 'refused' } as const;
    return {
      state: { status: 'failed', approvals, problem, at: now },
      happening: { type: 'failed', problem },
    };
  }
  if (found.length === 0 && now < state.settledAt) {
    const looks = state.looks + 1;
    const delayMs = Math.min(longestLookDelayMs, firstLookDelayMs * 2 ** state.looks);
    return {
      state: { ...state, looks, lookAt: after(now, delayMs) },
      happening: { type: 'looked', found: 0 },
    };
  }
  const problem = search.kind === 'failed' ? { searchProblem: search.problem } : {};
  return {
    state: {
      status: 'unconfirmed',
      approvals,
      attempt,
      calledAt,
      doubt,
      at: now,
      found,
      ...problem,
    },
    happening: { type: 'unconfirmed', doubt, found, ...problem },
  };
}

import type { Transition } from './decide';
import { type LaunchOutcome, mayRetry } from './launchOutcome';
import type { MigrationRequest } from './request';

/** What the launcher does with a request that people have approved. */
export type Step =
  /** Takes the request; after `leaseUntil` the holder is taken for dead. */
  | { type: 'claim'; leaseUntil: Date }
  /** `retryAt`: when to try again if the outcome allows it; absent when tries are used up. */
  | { type: 'settle'; attempt: number; outcome: LaunchOutcome; retryAt?: Date }
  /** Ends a launch whose lease ran out. */
  | { type: 'give_up' };

/**
 * What a launcher's step makes of a request at `now`; `undefined` when the step does not fit the
 * state, because somebody else was faster. Pure.
 */
export function advance(request: MigrationRequest, step: Step, now: Date): Transition | undefined {
  switch (step.type) {
    case 'claim':
      return claim(request, step.leaseUntil, now);
    case 'settle':
      return settle(request, step, now);
    case 'give_up':
      return giveUp(request, now);
    default:
      return step satisfies never;
  }
}

function claim({ state }: MigrationRequest, leaseUntil: Date, now: Date): Transition | undefined {
  if (state.status !== 'approved') return undefined;
  if (state.retry !== undefined && state.retry.at > now) return undefined;
  const { approvals } = state;
  const attempt = state.attempts + 1;
  return {
    state: { status: 'launching', approvals, attempt, leaseUntil },
    happening: { type: 'launched', attempt },
  };
}

function settle(
  { state }: MigrationRequest,
  { attempt, outcome, retryAt }: Extract<Step, { type: 'settle' }>,
  at: Date,
): Transition | undefined {
  if (state.status !== 'launching' || state.attempt !== attempt) return undefined;
  const { approvals } = state;
  switch (outcome.kind) {
    case 'created': {
      const { jobId, requestId } = outcome;
      return {
        state: { status: 'created', approvals, jobId, requestId, at },
        happening: { type: 'created', jobId, requestId },
      };
    }
    case 'failed': {
      const { problem } = outcome;
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
    case 'unknown': {
      const { doubt } = outcome;
      return {
        state: { status: 'unconfirmed', approvals, doubt, at },
        happening: { type: 'unconfirmed', doubt },
      };
    }
    default:
      return outcome satisfies never;
  }
}

/** The holder of a lease that ran out may have sent the call, so nobody sends it again. */
function giveUp(request: MigrationRequest, now: Date): Transition | undefined {
  const { state } = request;
  if (state.status !== 'launching' || state.leaseUntil > now) return undefined;
  const outcome: LaunchOutcome = { kind: 'unknown', doubt: { kind: 'interrupted' } };
  return settle(request, { type: 'settle', attempt: state.attempt, outcome }, now);
}

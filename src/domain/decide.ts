import type { Membership, Person, Standing } from './person';
import type { Refusal } from './refusal';
import type { Approval, MigrationRequest, RequestState } from './request';
import type { Happening } from './requestEvent';

/** A person as known at the moment of the action, looked up then and never remembered. */
export interface Actor extends Person {
  standing: Standing;
  approver: Membership;
}

/** What a person does with a request. `revision` is the one whose parameters they saw. */
export type Intent = { revision: number } & (
  | { type: 'approve' }
  | { type: 'deny'; reason: string }
  /** The three answers to a request in doubt: look once more, this job is it, there is none. */
  | { type: 'look_again' }
  | { type: 'choose_job'; jobId: string }
  | { type: 'try_again' }
);

/** What a request becomes, and the event that says so. */
export interface Transition {
  state: RequestState;
  happening: Happening;
}

export type Decision = ({ ok: true } & Transition) | { ok: false; refusal: Refusal };

const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

/**
 * What a person's intent makes of a request at `now`. Pure: the facts about the person are given,
 * and the caller stores the result or asks again with a fresher request.
 */
export function decide(request: MigrationRequest, by: Actor, intent: Intent, now: Date): Decision {
  const refusal = refusalOfPerson(request, by);
  if (refusal !== undefined) return refuse(refusal);
  switch (intent.type) {
    case 'approve':
    case 'deny': {
      if (request.state.status !== 'pending') return refuse(decided(request.state, by));
      if (intent.revision !== request.revision) {
        const { revision: seen } = intent;
        return refuse({ code: 'other_revision', seen, current: request.revision });
      }
      return intent.type === 'approve'
        ? approve(request, request.state.approvals, by, now)
        : deny(by, intent.reason, now);
    }
    case 'look_again':
    case 'choose_job':
    case 'try_again':
      return request.state.status === 'unconfirmed'
        ? resolve(request.state, intent, now)
        : refuse({ code: 'not_in_doubt' });
    default:
      return intent satisfies never;
  }
}

/** Why somebody may not request or decide anything, whatever the policy says. */
export function refusalOfStanding(standing: Standing): Refusal | undefined {
  switch (standing) {
    case 'member':
      return undefined;
    case 'unknown':
      return { code: 'person_unknown' };
    default:
      return { code: standing };
  }
}

/** The requester is refused before any list of approvers is consulted: no list can allow it. */
function refusalOfPerson(request: MigrationRequest, by: Actor): Refusal | undefined {
  if (by.userId === request.requester.userId) return { code: 'own_request' };
  const standing = refusalOfStanding(by.standing);
  if (standing !== undefined) return standing;
  if (by.approver === 'unknown') return { code: 'approvers_unknown' };
  if (by.approver === 'no') return { code: 'not_an_approver' };
  return undefined;
}

/** The decision that stands, for those who come after it. */
function decided(state: Exclude<RequestState, { status: 'pending' }>, actor: Actor): Refusal {
  const decision = state.status === 'denied' ? 'denied' : 'approved';
  const { by, at } = state.status === 'denied' ? state : lastOf(state.approvals);
  return by.userId === actor.userId
    ? { code: 'already_decided_by_you', decision, at }
    : { code: 'already_decided', decision, by: by.userId, at };
}

function lastOf([first, ...others]: readonly [Approval, ...Approval[]]): Approval {
  return others.at(-1) ?? first;
}

function approve(
  { revision, requiredApprovals: required }: MigrationRequest,
  earlier: readonly Approval[],
  { userId, name }: Actor,
  at: Date,
): Decision {
  if (earlier.some((given) => given.by.userId === userId)) {
    return refuse({ code: 'already_approved_by_you' });
  }
  const approval: Approval = { by: { userId, name }, at, revision };
  const [first = approval, ...others] = [...earlier, approval];
  const count = others.length + 1;
  return {
    ok: true,
    state:
      count >= required
        ? { status: 'approved', approvals: [first, ...others], attempts: 0 }
        : { status: 'pending', approvals: [first, ...others] },
    happening: { type: 'approved', count, required },
  };
}

function deny({ userId, name }: Actor, reason: string, at: Date): Decision {
  if (reason.trim() === '') return refuse({ code: 'reason_missing' });
  return {
    ok: true,
    state: { status: 'denied', by: { userId, name }, at, reason },
    happening: { type: 'denied', reason },
  };
}

/** A person says what nobody could tell from here. */
function resolve(
  state: Extract<RequestState, { status: 'unconfirmed' }>,
  intent: Extract<Intent, { type: 'look_again' | 'choose_job' | 'try_again' }>,
  now: Date,
): Decision {
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
        happening: { type: 'try_again' },
      };
    default:
      return intent satisfies never;
  }
}

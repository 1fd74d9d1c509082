import type { Membership, Person, Standing } from './person';
import type { Refusal } from './refusal';
import type { Approval, MigrationRequest, RequestState } from './request';
import type { Happening } from './requestEvent';

/** A person as known at the moment of the action, looked up then and never remembered. */
export interface Actor extends Person {
  standing: Standing;
  approver: Membership;
}

/** What a person asks for. `revision` is the one whose parameters they saw. */
export type Command =
  | { type: 'approve'; by: Actor; revision: number }
  | { type: 'deny'; by: Actor; revision: number; reason: string };

/** What a request becomes, and the event that says so. */
export interface Transition {
  state: RequestState;
  happening: Happening;
}

export type Decision = ({ ok: true } & Transition) | { ok: false; refusal: Refusal };

/**
 * What a person's command makes of a request at `now`. Pure: the facts about the person come with
 * the command, and the caller stores the result or asks again with a fresher request.
 */
export function decide(request: MigrationRequest, command: Command, now: Date): Decision {
  const { by } = command;
  const refusal = refusalOfPerson(request, by);
  if (refusal !== undefined) return { ok: false, refusal };
  if (request.state.status !== 'pending') {
    return { ok: false, refusal: decided(request.state, by) };
  }
  if (command.revision !== request.revision) {
    const { revision: seen } = command;
    return { ok: false, refusal: { code: 'other_revision', seen, current: request.revision } };
  }
  switch (command.type) {
    case 'approve':
      return approve(request, request.state.approvals, by, now);
    case 'deny':
      return deny(by, command.reason, now);
    default:
      return command satisfies never;
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
    return { ok: false, refusal: { code: 'already_approved_by_you' } };
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
  if (reason.trim() === '') return { ok: false, refusal: { code: 'reason_missing' } };
  return {
    ok: true,
    state: { status: 'denied', by: { userId, name }, at, reason },
    happening: { type: 'denied', reason },
  };
}

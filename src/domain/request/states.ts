import { isJobOperation, jobOperations } from '../job/job';
import type { Approval } from './approval';
import { operationIn } from './operationIn';
import { isOfRequest } from './operations/operation';
import { decisionRulesOf } from './operations/operations';
import { type InState, type RequestState, type RequestStatus, requestState } from './request';
import type { Action } from './requestEvent';

/** Values from a state. States store them in different members. */
interface Held {
  approvals: readonly Approval[];
  jobId: string | undefined;
  /** When it ended. Ferry deletes it `RETENTION_DAYS` later. */
  endedAt: Date | undefined;
  /** When Ferry acts next, if at all. `now` is the time at which the state began. */
  dueAt(now: Date): Date | undefined;
}

interface StateFacts<Status extends RequestStatus> {
  /** Nothing more happens until a person acts. */
  isSettled: boolean;
  /** A decision or a call may follow, so a change of the policy affects it at once. */
  isOpen: boolean;
  /** A call was made, and its outcome is unknown. */
  isInDoubt: boolean;
  /** Typed secrets may still be needed. The transaction that ends this erases them. */
  needsSecrets: boolean;
  /** The possible actions. All others are refused. */
  accepts: readonly Action[];
  read(state: InState<Status>): Held;
}

type StateTable = { readonly [Status in RequestStatus]: StateFacts<Status> };
type StateByStatus = { [Status in RequestStatus]: InState<Status> };

const never = (): undefined => undefined;

const settled = {
  isSettled: true,
  isOpen: false,
  isInDoubt: false,
  needsSecrets: false,
} as const;

const open = {
  isSettled: false,
  isOpen: true,
  isInDoubt: false,
  needsSecrets: true,
} as const;

const inDoubt = {
  isSettled: false,
  isOpen: false,
  isInDoubt: true,
  needsSecrets: true,
} as const;

function endedUnapproved({ at }: { at: Date }): Held {
  return { approvals: [], jobId: undefined, endedAt: at, dueAt: never };
}

/** Everything that depends on a request's state. */
const requestStates = {
  pending: {
    ...open,
    accepts: ['approve', 'break_glass', 'take_back', 'deny', 'withdraw', 'edit', ...jobOperations],
    read: ({ approvals, expireAt, operation, remindAt }) => ({
      approvals,
      jobId: decisionRulesOf(operation).jobId,
      endedAt: undefined,
      dueAt: () => earliest(remindAt, expireAt),
    }),
  },
  approved: {
    ...open,
    accepts: ['withdraw'],
    read: ({ approvals, opensAt, operation, retry }) => ({
      approvals,
      jobId: decisionRulesOf(operation).jobId,
      endedAt: undefined,
      dueAt: (now) => opensAt ?? retry?.at ?? now,
    }),
  },
  launching: {
    ...inDoubt,
    accepts: [],
    // The request is due even during its call, so that Ferry notices if the calling process ended.
    read: ({ approvals, calledAt, operation }) => ({
      approvals,
      jobId: decisionRulesOf(operation).jobId,
      endedAt: undefined,
      dueAt: () => calledAt,
    }),
  },
  reconciling: {
    ...inDoubt,
    // People may have to decide after the search.
    isOpen: true,
    accepts: [],
    read: ({ approvals, lookAt, operation }) => ({
      approvals,
      jobId: decisionRulesOf(operation).jobId,
      endedAt: undefined,
      dueAt: () => lookAt,
    }),
  },
  unconfirmed: {
    ...inDoubt,
    isOpen: true,
    accepts: ['look_again', 'choose_job', 'try_again'],
    read: ({ approvals, operation, remindAt }) => ({
      approvals,
      jobId: decisionRulesOf(operation).jobId,
      endedAt: undefined,
      dueAt: () => remindAt,
    }),
  },
  created: {
    ...settled,
    accepts: jobOperations,
    read: ({ approvals, at, jobId }) => ({ approvals, jobId, endedAt: at, dueAt: never }),
  },
  prepared: {
    ...open,
    // The call that created the job was the last one that needed the secrets.
    needsSecrets: false,
    accepts: [
      'approve',
      'break_glass',
      'take_back',
      'deny',
      'withdraw',
      'edit',
      'check_job',
      'skip_check',
    ],
    read: ({ approvals, expireAt, jobId, remindAt }) => ({
      approvals,
      jobId,
      endedAt: undefined,
      dueAt: () => earliest(remindAt, expireAt),
    }),
  },
  discarding: {
    ...open,
    // Someone may have started the job, which Ferry doesn't delete automatically.
    accepts: ['stop_job', 'delete_job'],
    // The request ends when its job is deleted.
    read: ({ jobId }) => ({ approvals: [], jobId, endedAt: undefined, dueAt: never }),
  },
  failed: {
    ...settled,
    accepts: ['edit', 'try_again'],
    read: ({ approvals, at }) => ({ approvals, jobId: undefined, endedAt: at, dueAt: never }),
  },
  denied: { ...settled, accepts: [], read: endedUnapproved },
  withdrawn: { ...settled, accepts: [], read: endedUnapproved },
  expired: { ...settled, accepts: [], read: endedUnapproved },
} as const satisfies StateTable;

const table: StateTable = requestStates;

function held<Status extends RequestStatus>(status: Status, state: StateByStatus[Status]): Held {
  return table[status].read(state);
}

export const approvalsIn = (state: RequestState): readonly Approval[] =>
  held(state.status, state).approvals;

/** The approvals of the request, also while people decide on an operation on its job. */
export function approvalsOfRequest(state: RequestState): readonly Approval[] {
  const operation = operationIn(state);
  return isOfRequest(operation) ? approvalsIn(state) : approvalsIn(operation.from);
}

export const jobIdIn = (state: RequestState): string | undefined => held(state.status, state).jobId;

export const endedAt = (state: RequestState): Date | undefined => held(state.status, state).endedAt;

/** When Ferry acts on the request next, if at all. `now` is the time at which its state began. */
export const dueAt = (state: RequestState, now: Date): Date | undefined =>
  held(state.status, state).dueAt(now);

type InDoubt = {
  [Status in RequestStatus]: (typeof requestStates)[Status]['isInDoubt'] extends true
    ? Status
    : never;
}[RequestStatus];

export const isInDoubt = (state: RequestState): state is InState<InDoubt> =>
  table[state.status].isInDoubt;

/** True while a call that creates a job, or changes its parameters, may follow. */
export function needsSecrets(state: RequestState): boolean {
  if (state.status === 'discarding') return state.next.status === 'approved';
  if (!table[state.status].needsSecrets) return false;
  const operation = operationIn(state);
  return (
    operation.name === 'create_job' ||
    operation.name === 'modify_job' ||
    needsSecrets(operation.from)
  );
}

type Accepting<Act extends Action> = {
  [Status in RequestStatus]: Act extends (typeof requestStates)[Status]['accepts'][number]
    ? Status
    : never;
}[RequestStatus];

/** True if the state allows the action. It doesn't check the person. */
export const accepts = <Act extends Action>(
  state: RequestState,
  action: Act,
): state is InState<Accepting<Act>> =>
  table[state.status].accepts.includes(action) && concerns(state, action);

/** The actions on an operation on a job, apart from the operation's own button. */
const onOperation: readonly Action[] = ['approve', 'take_back', 'deny', 'look_again', 'try_again'];

/** A change of the job's parameters can be withdrawn, too. */
const onModification: readonly Action[] = [...onOperation, 'withdraw'];

/** True if an action concerns the operation that the request waits for, if it waits for one. */
function concerns(state: RequestState, action: Action): boolean {
  switch (state.status) {
    case 'created':
    case 'prepared':
    case 'discarding':
      return true;
  }
  const operation = operationIn(state);
  return isOfRequest(operation)
    ? !isJobOperation(action)
    : action === operation.name ||
        (operation.name === 'modify_job' ? onModification : onOperation).includes(action);
}

/** True if approvers have to act: to decide, or to settle an unknown outcome. */
export const awaitsApprovers = (state: RequestState): boolean =>
  accepts(state, 'approve') || accepts(state, 'look_again');

export const statuses: readonly RequestStatus[] = requestState.options.map(
  ({ shape }) => shape.status.value,
);

export const settledStatuses = statuses.filter((status) => table[status].isSettled);
export const openStatuses = statuses.filter((status) => table[status].isOpen);
export const statusesInDoubt = statuses.filter((status) => table[status].isInDoubt);
export const statusesAccepting = (action: Action): readonly RequestStatus[] =>
  statuses.filter((status) => table[status].accepts.includes(action));

function earliest(...moments: readonly (Date | undefined)[]): Date | undefined {
  const known = moments.flatMap((moment) => (moment === undefined ? [] : [moment.getTime()]));
  return known.length === 0 ? undefined : new Date(Math.min(...known));
}

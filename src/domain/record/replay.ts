import type { JobOperation } from '../job/job';
import { type EventPayload, eventPayload, partsChangedBy } from '../request/requestEvent';
import type { Lapse } from '../request/review';
import type { Break, Entry } from './journal';
import {
  differingParts,
  type RecordedHashes,
  type RecordPart,
  recordedHashes,
} from './recordedRow';

/** What the events say about one decision. */
interface Decision {
  approvers: ReadonlySet<string>;
  /**
   * How many approvals the rule required at the last approval; `undefined` after the rule changed.
   */
  required: number | undefined;
  /** True if the approvals so far were not enough, for example without one from each list. */
  isMissing: boolean;
  /** The person who gave an emergency approval. */
  emergency: string | undefined;
  /** True if the policy decided, not people. */
  isAutomatic: boolean;
}

const undecided: Decision = {
  approvers: new Set(),
  required: undefined,
  isMissing: false,
  emergency: undefined,
  isAutomatic: false,
};

/** What the events of a request add up to so far. */
interface Trail {
  revision: number;
  /** People who requested or edited it. Their approvals don't count. */
  authors: ReadonlySet<string>;
  /** The decision on the request, and the call that it is for. */
  request: Decision & { call: 'create_job' | 'start_job' };
  /** The separate decision on an operation on the job. */
  onJob: Decision & { call: JobOperation | undefined };
  hashes: RecordedHashes | undefined;
}

const unknownSoFar: Trail = {
  revision: 0,
  authors: new Set(),
  request: { ...undecided, call: 'create_job' },
  onJob: { ...undecided, call: undefined },
  hashes: undefined,
};

/**
 * Replays the events of all requests in order. Each call takes the next event and returns what is
 * wrong with it: a launch without its approvals, or a field that changed without an event for it.
 */
export function createReplay(): (entry: Entry) => Break[] {
  const trails = new Map<number, Trail>();
  return (entry) => {
    const event = eventPayload.safeParse(entry.happening).data;
    if (event === undefined) return [];
    const { position, requestId } = entry;
    const trail = trails.get(requestId) ?? unknownSoFar;
    const hashes = recordedHashes(entry);
    trails.set(requestId, { ...trailAfter(trail, entry, event), hashes });
    const parts = silentlyChanged(trail.hashes, hashes, event);
    const isUnapproved =
      event.type === 'launched' &&
      ![trail.onJob, trail.request].some(
        (decision) => decision.call === event.operation && isApproved(decision),
      );
    return [
      ...(parts.length === 0
        ? []
        : [{ kind: 'changed_silently', position, requestId, parts } as const]),
      ...(isUnapproved ? [{ kind: 'unapproved', position, requestId } as const] : []),
    ];
  };
}

const isApproved = ({
  approvers,
  emergency,
  isAutomatic,
  isMissing,
  required,
}: Decision): boolean =>
  isAutomatic ||
  emergency !== undefined ||
  (!isMissing && approvers.size >= Math.max(1, required ?? 1));

/** An event changes the decision on the request, or the separate one on an operation. */
function changed(
  trail: Trail,
  operation: JobOperation | undefined,
  change: (decision: Decision) => Decision,
): Trail {
  const { onJob, request } = trail;
  return operation === undefined
    ? { ...trail, request: { ...request, ...change(request) } }
    : { ...trail, onJob: { ...onJob, ...change(onJob) } };
}

function trailAfter(trail: Trail, { by, revision }: Entry, event: EventPayload): Trail {
  const { authors, onJob, request } = trail;
  switch (event.type) {
    case 'requested':
    case 'edited': {
      // If only the password was typed again, there is no new revision and no new author.
      if (revision === trail.revision) return trail;
      const isAutomatic = event.automatic !== undefined;
      return {
        ...trail,
        request: { ...undecided, call: 'create_job', isAutomatic },
        // New parameters for the job need all approvals again.
        onJob:
          event.type === 'edited' && event.operation !== undefined
            ? { ...undecided, call: undefined }
            : onJob,
        revision,
        authors: new Set([...authors, ...(by === null ? [] : [by.userId])]),
      };
    }
    case 'created':
      // Approvals from now on are for the start.
      return event.approve === 'before_start'
        ? { ...trail, request: { ...undecided, call: 'start_job' } }
        : trail;
    case 'approved': {
      const { operation, required } = event;
      // The policy may let requesters operate on a job whose creation others approved.
      const counts = by !== null && (operation !== undefined || !authors.has(by.userId));
      const isOther = operation !== undefined && (operation !== onJob.call || onJob.isAutomatic);
      const begun = isOther ? { ...trail, onJob: { ...undecided, call: operation } } : trail;
      return changed(begun, operation, (decision) => ({
        ...decision,
        approvers: counts ? new Set([...decision.approvers, by.userId]) : decision.approvers,
        required,
        isMissing: event.missing !== undefined,
      }));
    }
    case 'automatic':
      return { ...trail, onJob: { ...undecided, call: event.operation, isAutomatic: true } };
    case 'not_automatic':
      return changed(trail, event.operation, () => undecided);
    case 'break_glass':
      return changed(trail, undefined, (decision) => ({ ...decision, emergency: by?.userId }));
    case 'taken_back':
      return changed(trail, event.operation, (decision) => ({
        ...decision,
        approvers: new Set([...decision.approvers].filter((each) => each !== by?.userId)),
        isMissing: event.missing !== undefined,
      }));
    case 'rule_changed':
      return changed(trail, event.operation, (decision) => ({
        ...without(decision, event.lapsed, event.voided),
        required: undefined,
        isMissing: event.reopened,
        isAutomatic: event.automatic !== undefined || (decision.isAutomatic && !event.reopened),
      }));
    case 'approvals_lapsed':
      return changed(trail, event.operation, (decision) => ({
        ...without(decision, event.lapsed, 0),
        isAutomatic: decision.isAutomatic && !event.reopened,
      }));
    case 'try_again':
      return changed(trail, undefined, (decision) => without(decision, [], event.voided));
    // The next operation needs approvals again, even if it is the same.
    case 'operated':
    case 'failed':
    case 'denied':
    case 'withdrawn':
    case 'expired':
    case 'job_moved': {
      if (event.operation === undefined || event.operation === 'create_job') return trail;
      const isDone = request.call === event.operation && onJob.call !== event.operation;
      return isDone
        ? changed(trail, undefined, () => undecided)
        : changed(trail, event.operation, () => undecided);
    }
    case 'unverified':
    case 'reminded':
    case 'reminder_held':
    case 'held':
    case 'launched':
    case 'postponed':
    case 'answer_lost':
    case 'looked':
    case 'unconfirmed':
    case 'look_again':
    case 'stray_job':
    case 'job_idle':
    case 'watched':
    case 'unwatched':
    case 'channel_lost':
    case 'attempt_refused':
      return trail;
    default:
      return event satisfies never;
  }
}

/**
 * Removes approvals that lapsed. Older events name nobody and void either every approval or none.
 */
function without(decision: Decision, lapsed: readonly Lapse[], voided: number): Decision {
  const isGone = (userId: string) =>
    lapsed.length === 0 ? voided > 0 : lapsed.some((each) => each.userId === userId);
  const { approvers, emergency } = decision;
  return {
    ...decision,
    approvers: new Set([...approvers].filter((userId) => !isGone(userId))),
    emergency: emergency === undefined || isGone(emergency) ? undefined : emergency,
  };
}

function silentlyChanged(
  before: RecordedHashes | undefined,
  after: RecordedHashes | undefined,
  event: EventPayload,
): RecordPart[] {
  if (before === undefined || after === undefined || event.type === 'requested') return [];
  const allowed: readonly RecordPart[] = ['state', ...partsChangedBy(event)];
  return differingParts(before, after).filter((part) => !allowed.includes(part));
}

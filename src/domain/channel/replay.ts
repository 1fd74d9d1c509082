import type { JobOperation } from '../job/job';
import type { Break, Entry } from '../record/journal';
import {
  differingParts,
  type RecordedHashes,
  type RecordPart,
  recordedHashes,
} from '../record/recordedRow';
import { type EventPayload, eventPayload, partsChangedBy } from '../request/requestEvent';
import type { Lapse } from '../request/review';

/** What the events of a request add up to so far. */
interface Trail {
  revision: number;
  /** The operation on the job that the approvals are for; `undefined` for its creation. */
  operation: JobOperation | undefined;
  /** True if the policy decided for the operation, not people. */
  isAutomatic: boolean;
  /** People who requested or edited it. Their approvals don't count. */
  authors: ReadonlySet<string>;
  approvers: ReadonlySet<string>;
  /**
   * How many approvals the rule required at the last approval; `undefined` after the rule changed.
   */
  required: number | undefined;
  /** The person who gave an emergency approval. */
  emergency: string | undefined;
  hashes: RecordedHashes | undefined;
}

const unknownSoFar: Trail = {
  revision: 0,
  operation: undefined,
  isAutomatic: false,
  authors: new Set(),
  approvers: new Set(),
  required: undefined,
  emergency: undefined,
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
    trails.set(requestId, { ...follow(trail, entry, event), hashes });
    const parts = silentlyChanged(trail.hashes, hashes, event);
    const isUnapproved =
      event.type === 'launched' &&
      !(isApproved(trail) && (trail.operation ?? 'create_job') === event.operation);
    return [
      ...(parts.length === 0
        ? []
        : [{ kind: 'changed_silently', position, requestId, parts } as const]),
      ...(isUnapproved ? [{ kind: 'unapproved', position, requestId } as const] : []),
    ];
  };
}

const isApproved = ({ approvers, emergency, isAutomatic, required }: Trail): boolean =>
  isAutomatic || emergency !== undefined || approvers.size >= Math.max(1, required ?? 1);

function follow(trail: Trail, { by, revision }: Entry, event: EventPayload): Trail {
  const { approvers, authors } = trail;
  const nobody = { approvers: new Set<string>(), emergency: undefined, isAutomatic: false };
  switch (event.type) {
    case 'requested':
    case 'edited':
      return {
        ...trail,
        ...(revision === trail.revision ? {} : nobody),
        revision,
        authors: new Set([...authors, ...(by === null ? [] : [by.userId])]),
      };
    case 'approved': {
      const { operation } = event;
      // The policy may let requesters operate on a job whose creation others approved.
      const counts = by !== null && (operation !== undefined || !authors.has(by.userId));
      const isSame = operation === trail.operation && !trail.isAutomatic;
      const earlier = isSame ? trail : { ...trail, ...nobody, operation };
      return {
        ...earlier,
        approvers: counts ? new Set([...earlier.approvers, by.userId]) : earlier.approvers,
        required: event.required,
      };
    }
    case 'automatic':
      return { ...trail, ...nobody, operation: event.operation, isAutomatic: true };
    case 'not_automatic':
      return { ...trail, ...nobody };
    case 'break_glass':
      return { ...trail, emergency: by?.userId };
    case 'taken_back':
      return { ...trail, approvers: new Set([...approvers].filter((each) => each !== by?.userId)) };
    case 'rule_changed':
      return { ...without(trail, event.lapsed, event.voided), required: undefined };
    case 'approvals_lapsed':
      return without(trail, event.lapsed, 0);
    case 'try_again':
      return without(trail, [], event.voided);
    // The next operation needs approvals again, even if it is the same.
    case 'operated':
      return { ...trail, ...nobody };
    case 'failed':
      return event.operation === 'create_job' ? trail : { ...trail, ...nobody };
    case 'unverified':
    case 'denied':
    case 'withdrawn':
    case 'expired':
    case 'reminded':
    case 'reminder_held':
    case 'held':
    case 'launched':
    case 'created':
    case 'postponed':
    case 'answer_lost':
    case 'looked':
    case 'unconfirmed':
    case 'look_again':
    case 'stray_job':
    case 'job_moved':
    case 'job_idle':
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
function without(trail: Trail, lapsed: readonly Lapse[], voided: number): Trail {
  const isGone = (userId: string) =>
    lapsed.length === 0 ? voided > 0 : lapsed.some((each) => each.userId === userId);
  const { approvers, emergency } = trail;
  return {
    ...trail,
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

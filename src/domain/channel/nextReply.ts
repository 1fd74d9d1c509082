import { afterQuiet } from '../request/reminders';
import { type MigrationRequest, waitingSince } from '../request/request';
import type { RequestEvent } from '../request/requestEvent';
import { awaitsApprovers } from '../request/states';
import { type Announced, isWatch } from '../request/watch';
import { isJoinable, joinUntil } from './reply';

/** What to do about the next event that a thread hasn't seen. */
export type NextReply =
  | { kind: 'post' }
  /** It is outdated. */
  | { kind: 'skip' }
  /** It may not be posted before this time. */
  | { kind: 'hold'; until: Date }
  /** The reply about a later event reports this approval too. Both are saved together, so that a crash loses neither. */
  | { kind: 'join'; approval: RequestEvent };

interface Thread {
  request: Announced;
  /** All events of the request. */
  events: readonly RequestEvent[];
  /** The last approval, while it waits for its effect. */
  approval: RequestEvent | undefined;
  /** The seq of the event whose reply may be in transit. */
  sending: number | undefined;
  now: Date;
  /** True if the thread gets a reply about an event. */
  isTold(event: RequestEvent): boolean;
}

/** Decides what to do about an event. Pure. */
export function nextReply(
  event: RequestEvent,
  { approval, events, isTold, now, request, sending }: Thread,
): NextReply {
  const reminder = dueReminder(request, event, events, now);
  if (reminder.kind !== 'post') return reminder;
  if (isJoinable(event) && sending !== event.seq) {
    const next = events.find(
      (each) => each.seq > event.seq && each.seq <= request.version && isTold(each),
    );
    const until = next === undefined ? joinUntil(request, event, now) : undefined;
    if (until !== undefined) return { kind: 'hold', until };
    if (next !== undefined && next.by === undefined) return { kind: 'join', approval: event };
  }
  return approval === undefined || isTold(event) ? { kind: 'post' } : { kind: 'join', approval };
}

/**
 * The time of the post decides, not the time when the reminder was due. A reminder is dropped if it
 * is outdated. In quiet hours, it is held, or dropped if something else happened since.
 */
function dueReminder(
  request: Announced,
  event: RequestEvent,
  events: readonly RequestEvent[],
  now: Date,
): Exclude<NextReply, { kind: 'join' }> {
  if (event.payload.type !== 'reminded' || isWatch(request)) return { kind: 'post' };
  if (!isCurrentReminder(request, event, events)) return { kind: 'skip' };
  const until = afterQuiet(request.rule.reminders.quiet, now);
  if (until <= now) return { kind: 'post' };
  return event.seq === request.version ? { kind: 'hold', until } : { kind: 'skip' };
}

/** True if people still have to do what a reminder says, and no later reminder says so too. */
function isCurrentReminder(
  request: Pick<MigrationRequest, 'askedAt' | 'state'>,
  { at, seq }: RequestEvent,
  events: readonly RequestEvent[],
): boolean {
  const { state } = request;
  const since = state.status === 'unconfirmed' ? state.at : waitingSince(request);
  const isLast = events.every((each) => each.seq <= seq || each.payload.type !== 'reminded');
  return awaitsApprovers(state) && at >= since && isLast;
}

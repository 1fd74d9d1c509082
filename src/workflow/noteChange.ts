import { eventFacts } from '../domain/measure/eventFacts';
import { measureChange, measureWatch } from '../domain/measure/measureChange';
import type { Change } from '../domain/request/change';
import type { EventPayload } from '../domain/request/requestEvent';
import { type Announced, isWatch, isWatchChange, type WatchChange } from '../domain/request/watch';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';

export interface NoteContext {
  log: Log;
  metrics: Metrics;
}

/** Writes the log line of a recorded change, and measures it. */
export function noteChange({ log, metrics }: NoteContext, change: Change | WatchChange): void {
  const { by, event, request, state } = change;
  logLine(log, request.id, by?.userId, state.status, event);
  const measured = isWatchChange(change) ? measureWatch(change) : measureChange(change);
  for (const measurement of measured) metrics.measure(measurement);
}

/** The same for a new request or watch. */
export function noteRequest({ log, metrics }: NoteContext, request: Announced): void {
  const event: EventPayload = isWatch(request)
    ? { type: 'watched', ...request.watched }
    : { type: 'requested' };
  logLine(log, request.id, request.requester.userId, request.state.status, event);
  metrics.measure({ kind: 'event', type: event.type });
}

/** The fields of every line about a request, so that its number finds them all. */
function logLine(
  log: Log,
  request: number,
  user: string | undefined,
  state: Announced['state']['status'],
  event: Change['event'],
): void {
  const by = user === undefined ? {} : { user };
  log.info('request changed', { request, event: event.type, ...by, state, ...eventFacts(event) });
}

import { factsOf } from '../domain/measure/eventFacts';
import { measureChange } from '../domain/measure/measureChange';
import type { Change } from '../domain/request/change';
import type { MigrationRequest } from '../domain/request/request';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';

export interface NoteContext {
  log: Log;
  metrics: Metrics;
}

/** Writes the log line of a recorded change, and measures it. */
export function noteChange({ log, metrics }: NoteContext, change: Change): void {
  const { by, event, request, state } = change;
  logLine(log, request.id, by?.userId, state.status, event);
  for (const measurement of measureChange(change)) metrics.measure(measurement);
}

/** The same for a new request. */
export function noteRequest({ log, metrics }: NoteContext, request: MigrationRequest): void {
  const event = { type: 'requested' } as const;
  logLine(log, request.id, request.requester.userId, request.state.status, event);
  metrics.measure({ kind: 'event', type: event.type });
}

/** The fields of every line about a request, so that its number finds them all. */
function logLine(
  log: Log,
  request: number,
  user: string | undefined,
  state: MigrationRequest['state']['status'],
  event: Change['event'],
): void {
  const by = user === undefined ? {} : { user };
  log.info('request changed', { request, event: event.type, ...by, state, ...factsOf(event) });
}

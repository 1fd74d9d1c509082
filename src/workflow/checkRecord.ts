import type { LaunchProblem } from '../domain/request/launchOutcome';
import type { MigrationRequest } from '../domain/request/request';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';

export interface CheckRecordContext {
  log: Log;
  metrics: Metrics;
}

/**
 * Returns a problem if a request differs from its newest event. The store compares both in the
 * statement that reads the request, and again in the one that claims it.
 */
export function checkRecord(
  { log, metrics }: CheckRecordContext,
  { altered: parts, id }: Pick<MigrationRequest, 'altered' | 'id'>,
): LaunchProblem | undefined {
  if (parts.length === 0) return undefined;
  metrics.measure({ kind: 'record_altered' });
  log.error('a request differs from the audit log; run audit verify', { request: id, parts });
  return { kind: 'record_altered', parts };
}

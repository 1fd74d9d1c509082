import type { CallOutcome } from '../domain/request/launchOutcome';
import type { OperationName } from '../domain/request/operations/operation';
import type { EventPayload } from '../domain/request/requestEvent';

/** What the workflow measures. */
export interface Metrics {
  /** Counts a recorded event by its type. */
  event(type: EventPayload['type']): void;
  /** Records how long the call of an operation took, and how it ended. */
  operationTook(
    operation: OperationName,
    seconds: number,
    outcome: CallOutcome<unknown>['kind'],
  ): void;
}

import type { LaunchOutcome } from '../domain/request/launchOutcome';
import type { Happening } from '../domain/request/requestEvent';

/** What the workflow measures. */
export interface Metrics {
  /** Counts a recorded event by its type. */
  event(type: Happening['type']): void;
  /** Records how long a call of `CreateMigrateJob` took, and how it ended. */
  launchTook(seconds: number, outcome: LaunchOutcome['kind']): void;
}

import type { Call } from './call';

/**
 * The calls that a fault applies to: the next `times` (default 1) of `action` (default
 * CreateMigrateJob).
 */
export interface FaultTarget {
  readonly action?: string;
  readonly times?: number;
  /** Skips calls for which this returns false. Called when the body is complete. */
  readonly fits?: (call: Call) => boolean;
}

import type { Call } from './call';

/** Which calls a fault strikes: the next `times` (1) of `action` (CreateMigrateJob). */
export interface FaultTarget {
  readonly action?: string;
  readonly times?: number;
  /** Passes over the calls for which it is false; asked when their body is complete. */
  readonly fits?: (call: Call) => boolean;
}

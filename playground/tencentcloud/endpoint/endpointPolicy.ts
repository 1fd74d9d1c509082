import type { ActionRules } from './action';
import type { Credentials } from './credentials';

/** The settings of an endpoint, complete. */
export interface EndpointPolicy extends ActionRules {
  readonly credentials: Credentials;
  /** The clock by which the age of signatures is judged, ms since 1970. */
  readonly signatureNow: () => number;
  /** The actions the account may call, or all of them. */
  readonly allowedActions: ReadonlySet<string> | 'all';
  /** Calls of one action let through in any second, unless its service says another number. */
  readonly callsPerSecond: number;
}

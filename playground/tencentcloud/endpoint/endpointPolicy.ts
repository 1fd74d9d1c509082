import type { ActionRules } from './action';
import type { Credentials } from './credentials';

/** The complete settings of an endpoint. */
export interface EndpointPolicy extends ActionRules {
  readonly credentials: Credentials;
  /** The clock for the age of signatures, in ms since 1970. */
  readonly signatureNow: () => number;
  /** The actions that the account may call. */
  readonly allowedActions: ReadonlySet<string> | 'all';
  /** The most calls of an action in any second, unless its service has another limit. */
  readonly callsPerSecond: number;
}

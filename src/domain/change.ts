import type { Transition } from './decide';
import type { MigrationParameters } from './migration';
import type { Person } from './person';
import type { MigrationRequest } from './request';
import type { SealedSecrets, SecretSources } from './secretReference';

/** A request that is about to be stored for the first time. */
export interface NewRequest {
  /** What the request came from, unique; a second delivery of it adds nothing. */
  origin: string;
  channel: string;
  requester: Person;
  requiredApprovals: number;
  parameters: MigrationParameters;
  reason: string;
  secrets: SecretSources;
  /** The secrets that were typed, sealed. */
  sealed: SealedSecrets;
  at: Date;
}

/** What becomes of a request as it was read, its version included. Without `by`, Ferry acted. */
export interface Change extends Transition {
  request: MigrationRequest;
  by: Person | undefined;
  at: Date;
}

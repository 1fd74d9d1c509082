import type { MigrationParameters } from '../migration/migration';
import type { Person } from '../people/person';
import type { Rule } from '../policy/policy';
import type { SealedSecrets, SecretSources } from '../secrets/secretReference';
import type { MigrationRequest, RequestState } from './request';
import type { EventPayload } from './requestEvent';

/** What a sent form says of a request. */
export interface Revision {
  /** The sent form; unique, so that a second delivery of it adds nothing. */
  origin: string;
  parameters: MigrationParameters;
  reason: string;
  secrets: SecretSources;
  /** The secrets that were typed, sealed. */
  sealed: SealedSecrets;
  rule: Rule;
}

/** A request that is about to be stored for the first time. */
export interface NewRequest extends Revision {
  requester: Person;
  askedIn: string | undefined;
  at: Date;
}

/** What became of a new request. `too_many`: its requester has that many open ones, and may have no more. */
export type Added =
  | { kind: 'stored'; request: MigrationRequest; added: boolean }
  | { kind: 'too_many'; open: number };

/** What a request becomes, and the event that says so. */
export interface Transition {
  state: RequestState;
  event: EventPayload;
  /** Set when the request has other parameters from then on, or other secrets. */
  revised?: Revision & { revision: number; editors: readonly string[] };
  /** Set when another rule applies from then on. */
  rule?: Rule;
}

/** What becomes of a request as it was read, its version included. Without `by`, Ferry acted. */
export interface Change extends Transition {
  request: MigrationRequest;
  by: Person | undefined;
  /** The delivery of the interaction that caused it, which is remembered together with the change. */
  delivery?: string;
  at: Date;
}

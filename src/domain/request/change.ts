import type { FollowedJob } from '../job/followed';
import type { MigrationParameters } from '../migration/migration';
import type { Person } from '../people/person';
import type { Rule } from '../policy/policy';
import type { SealedSecrets, SecretSources } from '../secrets/secretReference';
import type { Observation } from './observation';
import type { MigrationRequest, RequestState } from './request';
import type { EventPayload } from './requestEvent';

/** The content of a submitted form. */
export interface Revision {
  /** The ID of the submitted form. It is unique, so a second delivery adds nothing. */
  origin: string;
  parameters: MigrationParameters;
  reason: string;
  secrets: SecretSources;
  observed: Observation;
  sealed: SealedSecrets;
  rule: Rule;
}

/** A new request before it is stored. */
export interface NewRequest extends Revision {
  requester: Person;
  askedIn: string | undefined;
  at: Date;
}

/**
 * The result for a new request. `too_many`: the requester already has the most open requests
 * allowed.
 */
export type Added =
  | { kind: 'stored'; request: MigrationRequest; added: boolean }
  | { kind: 'too_many'; open: number };

/** The new state of a request, and the event that records the change. */
export interface Transition {
  state: RequestState;
  event: EventPayload;
  /** Set if the parameters or secrets change. */
  revised?: Revision & { revision: number; editors: readonly string[] };
  /** Set if another rule applies from now on. */
  rule?: Rule;
  /** Set if the job is known to have changed. */
  job?: FollowedJob;
}

/** A change to a request, including the version that was read. Without `by`, Ferry acted. */
export interface Change extends Transition {
  request: MigrationRequest;
  by: Person | undefined;
  /** The delivery ID of the interaction, which is stored with the change. */
  delivery?: string;
  at: Date;
}

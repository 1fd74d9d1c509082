import type { ResourceList, ResourceQuery } from '../domain/form/resource';
import type { DestinationEngine } from '../domain/migration/engines';
import type { ObservedInstance } from '../domain/request/observation';
import type { SecretList, SecretVersions } from '../domain/secrets/storedSecret';

/** An instance at one end of a migration. */
export interface InstanceQuery {
  region: string;
  engine: DestinationEngine;
  role: 'src' | 'dst';
  id: string;
}

/** What the account has. No function rejects; `abandon` ends the wait. */
export interface Catalogue {
  /** The current facts about one instance; `undefined` if there are none. */
  instance(query: InstanceQuery, abandon: AbortSignal): Promise<ObservedInstance | undefined>;
  resources(query: ResourceQuery, abandon: AbortSignal): Promise<ResourceList>;
  secrets(query: { region: string }, abandon: AbortSignal): Promise<SecretList>;
  versions(query: { region: string; name: string }, abandon: AbortSignal): Promise<SecretVersions>;
}

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

/** The current facts about an instance; `unknown` if Tencent Cloud didn't say. */
export type InstanceSight =
  | { kind: 'seen'; instance: ObservedInstance }
  | { kind: 'absent' }
  | { kind: 'unknown' };

/** What the account has. No function rejects; `abandon` ends the wait. */
export interface Catalogue {
  instance(query: InstanceQuery, abandon: AbortSignal): Promise<InstanceSight>;
  resources(query: ResourceQuery, abandon: AbortSignal): Promise<ResourceList>;
  secrets(query: { region: string }, abandon: AbortSignal): Promise<SecretList>;
  versions(query: { region: string; name: string }, abandon: AbortSignal): Promise<SecretVersions>;
}

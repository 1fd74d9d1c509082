import type { ResourceList, ResourceQuery } from '../domain/form/resource';
import type { SecretList, SecretVersions } from '../domain/secrets/storedSecret';

/** What the account has, for a form to offer. No function rejects; `abandon` ends the wait. */
export interface Catalogue {
  resources(query: ResourceQuery, abandon: AbortSignal): Promise<ResourceList>;
  secrets(query: { region: string }, abandon: AbortSignal): Promise<SecretList>;
  versions(query: { region: string; name: string }, abandon: AbortSignal): Promise<SecretVersions>;
}

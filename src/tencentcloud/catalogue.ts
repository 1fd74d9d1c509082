import type { Catalogue } from '../ports/catalogue';
import type { CloudAccount } from './callCloud';
import { listResources } from './listResources';
import { listSecrets } from './listSecrets';
import { observeInstance } from './observeInstance';
import { secretVersions } from './secretVersions';

/** The resources of one account. */
export function createCatalogue(account: CloudAccount): Catalogue {
  return {
    instance: (query, abandon) => observeInstance(account, query, abandon),
    resources: (query, abandon) => listResources(account, query, abandon),
    secrets: ({ region }, abandon) => listSecrets(account, region, abandon),
    versions: ({ region, name }, abandon) => secretVersions(account, region, name, abandon),
  };
}

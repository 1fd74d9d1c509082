import type { SecretsManager } from '../ports/secretsManager';
import type { CloudAccount } from './callCloud';
import { readSecret } from './readSecret';

export function createSecretsManager(account: CloudAccount, region: string): SecretsManager {
  return {
    read: (name, version, abandon) => readSecret(account, region, name, version, abandon),
  };
}

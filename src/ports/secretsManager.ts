import type { SecretReading } from '../domain/secrets/storedSecret';

/** Tencent Cloud's Secrets Manager. No function rejects; `abandon` ends the wait. */
export interface SecretsManager {
  read(name: string, version: string, abandon: AbortSignal): Promise<SecretReading>;
}

import type { CredentialSource } from '../domain/credentialSource';

/** What is known about Ferry's keys. No text contains a key. */
export interface CredentialState {
  source: CredentialSource;
  /** When the keys expire; `undefined` if they don't, or if there are none. */
  expiresAt: Date | undefined;
  /** True if there are keys that have not expired. */
  isUsable: boolean;
  /** Why the newest refresh failed; `undefined` if it succeeded or none was needed. */
  problem: string | undefined;
}

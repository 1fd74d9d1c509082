import type { CredentialSource } from '../../domain/credentialSource';
import type { Secret } from '../../domain/secrets/secret';

/** What signs a call. */
export interface Keys {
  secretId: string;
  secretKey: Secret;
  /** Belongs to temporary keys. */
  token: Secret | undefined;
}

/** Keys, or why there are none. `detail` contains no secret. */
export type Fetched =
  | { ok: true; keys: Keys; expiresAt: Date | undefined }
  | { ok: false; detail: string };

/** Gets new keys at each call and remembers nothing, so a failure has no effect on the next call. */
export interface KeySource {
  name: CredentialSource;
  /** False if it always returns the same keys. */
  renews: boolean;
  /** Never rejects; `abandon` ends the wait. */
  fetch(abandon: AbortSignal): Promise<Fetched>;
}

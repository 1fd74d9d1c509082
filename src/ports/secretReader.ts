import type { LaunchProblem } from '../domain/request/launchOutcome';
import type { Secret } from '../domain/secrets/secret';
import type { SecretPath, SecretReference } from '../domain/secrets/secretReference';

/** The secrets of a request, at the moment they are needed. */
export type SecretValues = Partial<Record<SecretPath, Secret>>;

/** `user`: the account that the password belongs to, if the secret says so. */
export type ReadSecret =
  | { ok: true; secret: Secret; user: string | undefined }
  | { ok: false; cause: Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause'] };

/** Reads a secret from the place that its reference names. Never rejects; `abandon` ends the wait. */
export interface SecretReader {
  read(reference: SecretReference, abandon: AbortSignal): Promise<ReadSecret>;
}

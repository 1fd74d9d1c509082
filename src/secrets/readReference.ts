import { Secret } from '../domain/secrets/secret';
import type { SecretReference } from '../domain/secrets/secretReference';
import { readSecretValue, type ValueFlaw } from '../domain/secrets/secretValue';
import type { SecretReading } from '../domain/secrets/storedSecret';

/** What a reference led to, or why it led nowhere. `user`: whose password it is, where the secret says so. */
export type ReadReference =
  | { ok: true; secret: Secret; user: string | undefined }
  | { ok: false; cause: ReferenceCause };

export type ReferenceCause =
  | { kind: 'refused'; code: string; message: string; requestId: string }
  | { kind: 'not_reached'; detail: string }
  | { kind: 'unusable'; flaw?: ValueFlaw }
  | { kind: 'not_set' };

/** Where secrets are kept. */
export interface Keepers {
  environment: ReadonlyMap<string, Secret>;
  /** Asks Tencent Cloud's Secrets Manager. Never throws. */
  secretsManager(name: string, version: string, abandon: AbortSignal): Promise<SecretReading>;
}

/** Reads a secret from wherever its reference says that it is kept. Never throws. */
export async function readReference(
  { environment, secretsManager }: Keepers,
  reference: SecretReference,
  abandon: AbortSignal,
): Promise<ReadReference> {
  if (reference.kind === 'env') {
    const secret = environment.get(reference.name);
    if (secret === undefined) return { ok: false, cause: { kind: 'not_set' } };
    const read = readSecretValue(secret.reveal());
    return read.ok
      ? { ok: true, secret: new Secret(read.password), user: read.user }
      : { ok: false, cause: { kind: 'unusable', flaw: read.flaw } };
  }
  const reading = await secretsManager(reference.name, reference.version, abandon);
  if (reading.ok) return reading;
  const { problem } = reading;
  switch (problem.kind) {
    case 'refused':
    case 'unusable':
      return { ok: false, cause: problem };
    case 'not_sent':
      return { ok: false, cause: { kind: 'not_reached', detail: problem.detail } };
    case 'rule_unclear':
    case 'requester_not_allowed':
    case 'record_altered':
    case 'secret_unreadable':
    case 'secret_unavailable':
      return { ok: false, cause: { kind: 'unusable' } };
    default:
      return problem satisfies never;
  }
}

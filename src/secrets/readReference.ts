import type { Secret } from '../domain/secret';
import type { SecretReference } from '../domain/secretReference';
import type { SecretReading } from '../domain/storedSecret';

/** What a reference led to, or why it led nowhere. */
export type ReadReference = { ok: true; secret: Secret } | { ok: false; cause: ReferenceCause };

export type ReferenceCause =
  | { kind: 'refused'; code: string; message: string; requestId: string }
  | { kind: 'not_reached'; detail: string }
  | { kind: 'unusable' }
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
    return secret === undefined ? { ok: false, cause: { kind: 'not_set' } } : { ok: true, secret };
  }
  const reading = await secretsManager(reference.name, reference.version, abandon);
  if (reading.ok) return { ok: true, secret: reading.secret };
  const { problem } = reading;
  switch (problem.kind) {
    case 'refused':
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

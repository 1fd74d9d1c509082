import { Secret } from '../domain/secrets/secret';
import type { SecretReference } from '../domain/secrets/secretReference';
import { readSecretValue } from '../domain/secrets/secretValue';
import type { ReadSecret, SecretReader } from '../ports/secretReader';
import type { SecretsManager } from '../ports/secretsManager';

/** The places where secrets are stored. */
export interface SecretPlaces {
  environment: ReadonlyMap<string, Secret>;
  secretsManager: SecretsManager;
}

export const createSecretReader = (places: SecretPlaces): SecretReader => ({
  read: (reference, abandon) => readSecret(places, reference, abandon),
});

async function readSecret(
  { environment, secretsManager }: SecretPlaces,
  reference: SecretReference,
  abandon: AbortSignal,
): Promise<ReadSecret> {
  if (reference.kind === 'env') {
    const secret = environment.get(reference.name);
    if (secret === undefined) return { ok: false, cause: { kind: 'not_set' } };
    const read = readSecretValue(secret.reveal());
    return read.ok
      ? { ok: true, secret: new Secret(read.password), user: read.user }
      : { ok: false, cause: { kind: 'unusable', flaw: read.flaw } };
  }
  const reading = await secretsManager.read(reference.name, reference.version, abandon);
  if (reading.ok) return reading;
  const { problem } = reading;
  switch (problem.kind) {
    case 'refused':
    case 'unusable':
      return { ok: false, cause: problem };
    case 'not_sent':
      return { ok: false, cause: { kind: 'not_reached', detail: problem.detail } };
    default:
      return problem satisfies never;
  }
}

import { z } from 'zod';
import { Secret } from '../domain/secrets/secret';
import { readSecretValue, type ValueFlaw } from '../domain/secrets/secretValue';
import type { SecretReading } from '../domain/secrets/storedSecret';
import { type CloudAccount, callCloud } from './callCloud';
import { problemOf, unreadable } from './problemOf';
import { ssm } from './services';

const answerSchema = z.object({
  SecretString: z.string().nullish(),
  SecretBinary: z.base64().nullish(),
});

const action = 'GetSecretValue';

/**
 * Reads the value of one version of a secret. Never throws; `abandon` ends the wait. Only the
 * returned `Secret` contains the value; no text of an unreadable response is kept.
 */
export async function readSecret(
  account: CloudAccount,
  region: string,
  name: string,
  version: string,
  abandon: AbortSignal,
): Promise<SecretReading> {
  const body = { SecretName: name, VersionId: version };
  const call = { service: ssm, action, region, body };
  const called = await callCloud(account, call, { secrets: [], abandon });
  if (!called.ok) return { ok: false, problem: problemOf(called) };
  const read = answerSchema.safeParse(called.answer);
  if (!read.success) return { ok: false, problem: unreadable(action) };
  // One of the two has the value, the other is blank.
  const { SecretString, SecretBinary } = read.data;
  const value = SecretString || decoded(SecretBinary ?? '');
  if (value === undefined) return unusable({ kind: 'not_text' });
  const found = readSecretValue(value);
  return found.ok
    ? { ok: true, secret: new Secret(found.password), user: found.user }
    : unusable(found.flaw);
}

const unusable = (flaw: ValueFlaw): SecretReading => ({
  ok: false,
  problem: { kind: 'unusable', flaw },
});

/** `undefined` for bytes that aren't UTF-8, which nobody could type as a password. */
function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(base64, 'base64'),
    );
  } catch {
    return undefined;
  }
}

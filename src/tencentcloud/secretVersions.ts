import { z } from 'zod';
import { currentVersion, type SecretVersions } from '../domain/secrets/storedSecret';
import { type CloudAccount, callCloud } from './callCloud';
import { isOfProduct } from './listSecrets';
import { problemOf, unreadable } from './problemOf';
import { ssm } from './services';

const answerSchema = z.object({ Versions: z.array(z.unknown()).nullable() });
const versionSchema = z.object({ VersionId: z.string().min(1), CreateTime: z.number().nullish() });

/**
 * The versions of a secret, ten at most. For a database account, it adds the current version even
 * if the list doesn't name it. Takes two calls. Never throws; `abandon` ends the wait.
 */
export async function secretVersions(
  account: CloudAccount,
  region: string,
  name: string,
  abandon: AbortSignal,
): Promise<SecretVersions> {
  const action = 'ListSecretVersionIds';
  const call = { service: ssm, action, region, body: { SecretName: name } };
  const [called, product] = await Promise.all([
    callCloud(account, call, { secrets: [], abandon }),
    isOfProduct(account, region, name, abandon),
  ]);
  if (!called.ok) return { kind: 'failed', problem: problemOf(called) };
  if (product.kind === 'failed') return product;
  const read = answerSchema.safeParse(called.answer);
  if (!read.success) return { kind: 'failed', problem: unreadable(action) };
  const versions = (read.data.Versions ?? [])
    .flatMap((entry) => versionSchema.safeParse(entry).data ?? [])
    .sort((a, b) => (b.CreateTime ?? 0) - (a.CreateTime ?? 0))
    .map(({ VersionId }) => VersionId);
  const inUse = product.isOfProduct || versions.includes(currentVersion) ? [currentVersion] : [];
  return { kind: 'found', versions: [...new Set([...inUse, ...versions])] };
}

import { z } from 'zod';
import type { SecretList, StoredSecret } from '../domain/secrets/storedSecret';
import type { CloudAccount } from './callCloud';
import { type PagesRead, readPages } from './readPages';
import { ssm } from './services';

const secretSchema = z.object({
  SecretName: z.string().min(1),
  Status: z.string(),
  ProductName: z.string().nullish(),
  ResourceID: z.string().nullish(),
});

/** SSM keeps at most 1,000 secrets per region (API page of CreateSecret). */
const mostSecrets = 1_000;

/** `SecretType`. Key pairs of machines (2) and API keys (3) aren't passwords and are left out. */
const ownSecrets = 0;
const productSecrets = 1;

/**
 * The secrets of a region in any state: user-defined ones first, then database accounts. Takes two
 * calls, and two more for every hundred secrets. Never throws; `abandon` ends the wait.
 */
export async function listSecrets(
  account: CloudAccount,
  region: string,
  abandon: AbortSignal,
): Promise<SecretList> {
  const [own, ofProducts] = await Promise.all([
    secretsOfType(account, region, { SecretType: ownSecrets }, abandon),
    secretsOfType(account, region, { SecretType: productSecrets }, abandon),
  ]);
  if (own.kind === 'failed') return own;
  if (ofProducts.kind === 'failed') return ofProducts;
  const secrets = new Map<string, StoredSecret>();
  for (const entry of [...own.entries, ...ofProducts.entries]) {
    const read = secretSchema.safeParse(entry).data;
    if (read !== undefined) secrets.set(read.SecretName, storedSecret(read));
  }
  return { kind: 'found', secrets: [...secrets.values()] };
}

/** Whether SSM rotates the secret, which it does for database accounts. */
export async function isOfProduct(
  account: CloudAccount,
  region: string,
  name: string,
  abandon: AbortSignal,
): Promise<{ kind: 'found'; isOfProduct: boolean } | Extract<PagesRead, { kind: 'failed' }>> {
  const query = { SecretType: productSecrets, SearchSecretName: name };
  const listed = await secretsOfType(account, region, query, abandon);
  if (listed.kind === 'failed') return listed;
  // The docs don't say whether the search is exact.
  const names = listed.entries.map((entry) => secretSchema.safeParse(entry).data?.SecretName);
  return { kind: 'found', isOfProduct: names.includes(name) };
}

/** One listing returns the secrets of one type, by default user-defined ones. */
function secretsOfType(
  account: CloudAccount,
  region: string,
  query: { SecretType: number; SearchSecretName?: string },
  abandon: AbortSignal,
): Promise<PagesRead> {
  const call = {
    service: ssm,
    action: 'ListSecrets',
    region,
    list: 'SecretMetadatas',
    body: (page: object) => ({ ...query, ...page }),
    most: mostSecrets,
  };
  return readPages(account, call, abandon);
}

function storedSecret(read: z.infer<typeof secretSchema>): StoredSecret {
  const { SecretName, Status, ProductName, ResourceID } = read;
  const product = [ProductName ?? '', ResourceID ?? ''].filter((part) => part !== '').join(' ');
  return {
    name: SecretName,
    state: Status,
    unusable: Status === 'Enabled' ? undefined : Status,
    detail: product === '' ? undefined : product,
  };
}

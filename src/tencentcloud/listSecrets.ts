import { z } from 'zod';
import type { SecretList, StoredSecret } from '../domain/secrets/storedSecret';
import type { CloudAccount } from './callCloud';
import { type Entries, readPages } from './readPages';
import { ssm } from './services';

const secretSchema = z.object({
  SecretName: z.string().min(1),
  Status: z.string(),
  ProductName: z.string().nullish(),
  ResourceID: z.string().nullish(),
});

/** SSM keeps at most 1,000 secrets in a region (API page of CreateSecret). */
const mostSecrets = 1_000;

/** `SecretType`. Not listed are key pairs of machines (2) and API keys (3): no passwords. */
const ownSecrets = 0;
const productSecrets = 1;

/**
 * The secrets of a region, in any state: those of the user's own first, then the accounts of
 * databases. Two calls, and two more for every hundred; no call for a single secret. Never throws;
 * `abandon` ends the wait.
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

/** Whether SSM changes the secret by itself: it is the account of a database. */
export async function isOfProduct(
  account: CloudAccount,
  region: string,
  name: string,
  abandon: AbortSignal,
): Promise<{ kind: 'found'; isOfProduct: boolean } | Extract<Entries, { kind: 'failed' }>> {
  const query = { SecretType: productSecrets, SearchSecretName: name };
  const listed = await secretsOfType(account, region, query, abandon);
  if (listed.kind === 'failed') return listed;
  // Whether the search is exact is not documented.
  const names = listed.entries.map((entry) => secretSchema.safeParse(entry).data?.SecretName);
  return { kind: 'found', isOfProduct: names.includes(name) };
}

/** One listing holds the secrets of one type; a type that is not named is that of the user's own. */
function secretsOfType(
  account: CloudAccount,
  region: string,
  query: { SecretType: number; SearchSecretName?: string },
  abandon: AbortSignal,
): Promise<Entries> {
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

import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';
import type { StoredSecret } from './storedSecret';

const OWN = 0;
const PRODUCT = 1;
const STATUSES = ['', 'Enabled', 'Disabled', 'PendingDelete', 'Creating', 'Failed'] as const;

const { Offset, Limit } = pageParameters(100);

const request = z.strictObject({
  Offset,
  // 0 means 20, the default.
  Limit: z
    .literal(0)
    .transform(() => 20)
    .or(Limit),
  OrderType: z.literal([0, 1]).default(0),
  State: z.literal([0, 1, 2, 3, 4, 5]).default(0),
  SearchSecretName: z.string().default(''),
  TagFilters: z.array(z.unknown()).max(0).optional(),
  SecretType: z.literal([OWN, PRODUCT, 2, 3]).default(OWN),
  ProductName: z.string().default(''),
  EncryptType: z.literal([0, 1]).optional(),
  InstanceID: z.string().default(''),
});

const typeOf = ({ product }: StoredSecret): number => (product === undefined ? OWN : PRODUCT);

/**
 * Lists the secrets of one type in the region, by default the user-defined ones, without values.
 *
 * Undocumented, so assumed: a page has 100 entries at most, and SearchSecretName may match in part.
 * There are no tags here to filter by.
 */
export const listSecrets: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { State, SearchSecretName, SecretType, ProductName, InstanceID, OrderType } = parsed.value;
  const products = ProductName === '' ? [] : ProductName.split(',');
  const matching = holdings.secrets
    .in(region)
    .filter(
      (secret) =>
        typeOf(secret) === SecretType &&
        (State === 0 || (secret.status ?? 'Enabled') === STATUSES[State]) &&
        secret.name.includes(SearchSecretName) &&
        (products.length === 0 || products.includes(secret.product?.name ?? '')) &&
        (InstanceID === '' || secret.product?.instanceId === InstanceID),
    );
  const ordered = OrderType === 1 ? matching : matching.toReversed();
  return {
    kind: 'accepted',
    fields: {
      TotalCount: ordered.length,
      SecretMetadatas: pageOf(ordered, parsed.value).map((secret) => ({
        SecretName: secret.name,
        Description: '',
        KmsKeyId: 'b8c8d3f2-0000-11ee-8a2b-5254006d0810',
        CreateUin: 100000000001,
        Status: secret.status ?? 'Enabled',
        DeleteTime: 0,
        CreateTime: 1_730_271_414,
        KmsKeyType: 'DEFAULT',
        RotationStatus: 0,
        NextRotationTime: 0,
        SecretType: typeOf(secret),
        ProductName: secret.product?.name ?? '',
        ResourceID: secret.product?.instanceId ?? '',
      })),
    },
  };
};

import type { MigrationRequest } from '../request/request';
import { canonicalJson } from '../text/canonicalJson';
import type { SecretPath } from './secretReference';

/** What a sealed secret belongs to. */
export type SecretOwner = Pick<MigrationRequest, 'origin' | 'revisedBy' | 'parameters'>;

/**
 * What a sealed secret is bound to: its request, its field, the form that made the revision, and every
 * host, port, account and instance on both sides, those of all nodes too. The form and not the number
 * of the revision, because a password that is typed again alone keeps the number.
 */
export function secretContext(
  { origin, revisedBy, parameters }: SecretOwner,
  path: SecretPath,
): string {
  const { DstAccessType, DstDatabaseType, DstInfo, SrcAccessType, SrcDatabaseType } = parameters;
  const { SrcInfo, SrcInfoMulti, SrcNodeType } = parameters;
  return canonicalJson({
    origin,
    path,
    revisedBy,
    from: { SrcAccessType, SrcDatabaseType, SrcInfo, SrcInfoMulti, SrcNodeType },
    to: { DstAccessType, DstDatabaseType, DstInfo },
  });
}

/** What earlier versions bound a sealed secret to. */
export const earlierSecretContext = ({ origin }: SecretOwner, path: SecretPath): string =>
  `${origin}/${path}`;

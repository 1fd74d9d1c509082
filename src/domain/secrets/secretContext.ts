import type { MigrationRequest } from '../request/request';
import { canonicalJson } from '../text/canonicalJson';
import type { SecretPath } from './secretReference';

/** The request that a sealed secret belongs to. */
export type SecretOwner = Pick<MigrationRequest, 'origin' | 'revisedBy' | 'parameters'>;

/**
 * Binds a sealed secret to its request, field, the form that made the revision, and all hosts,
 * ports, accounts and instances of both sides. It uses the form instead of the revision's number,
 * which stays the same when only a password is entered again.
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

/** The context of secrets that earlier versions sealed. */
export const earlierSecretContext = ({ origin }: SecretOwner, path: SecretPath): string =>
  `${origin}/${path}`;

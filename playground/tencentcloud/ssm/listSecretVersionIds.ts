import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { findSecret } from './findSecret';

const request = z.strictObject({ SecretName: z.string().min(1).max(128) });

/** Lists the versions of a secret in any state, newest first, one minute apart. */
export const listSecretVersionIds: Action = (parameters, context) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { SecretName } = parsed.value;
  const found = findSecret(context, SecretName, 'ResourceNotFound');
  if (found.kind === 'refused') return found;
  const Versions = found.secret.versions.map(({ id }, index) => ({
    VersionId: id,
    CreateTime: 1_730_271_414 + index * 60,
  }));
  return { kind: 'accepted', fields: { SecretName, Versions: Versions.toReversed() } };
};

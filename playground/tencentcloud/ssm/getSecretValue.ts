import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { type Refusal, refusal } from '../endpoint/refusal';
import { findSecret } from './findSecret';
import { CURRENT_VERSION, type SecretVersion, type StoredSecret } from './storedSecret';

const request = z.strictObject({
  SecretName: z.string().min(1).max(128),
  VersionId: z.string().min(1).max(64),
  EncryptionPublicKey: z.string().optional(),
  EncryptionAlgorithm: z.string().optional(),
});

/** Returns the value of one version of an enabled secret. */
export const getSecretValue: Action = (parameters, context) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { SecretName, VersionId } = parsed.value;
  const found = findSecret(context, SecretName, 'ResourceNotFound.SecretNotExist');
  if (found.kind === 'refused') return found;
  const closed = closedBy(found.secret);
  if (closed !== undefined) return closed;
  const version = versionOf(found.secret, VersionId);
  if (version === undefined) {
    return refusal('ResourceNotFound', `The secret ${SecretName} has no version ${VersionId}.`);
  }
  return {
    kind: 'accepted',
    fields: {
      SecretName,
      VersionId,
      SecretString: 'text' in version ? version.text : '',
      SecretBinary: 'binary' in version ? version.binary : '',
    },
  };
};

/** The codes are those of GetSecretValue in the SDK for Go. */
function closedBy({ name, status = 'Enabled' }: StoredSecret): Refusal | undefined {
  switch (status) {
    case 'Enabled':
      return undefined;
    case 'Disabled':
      return refusal('ResourceUnavailable.ResourceDisabled', `The secret ${name} is disabled.`);
    case 'PendingDelete':
      return refusal(
        'ResourceUnavailable.ResourcePendingDeleted',
        `The secret ${name} is about to be deleted.`,
      );
    default:
      return refusal(
        'ResourceUnavailable.ResourceUninitialized',
        `The secret ${name} was never finished.`,
      );
  }
}

function versionOf({ product, versions }: StoredSecret, id: string): SecretVersion | undefined {
  return id === CURRENT_VERSION && product !== undefined
    ? versions.at(-1)
    : versions.find((version) => version.id === id);
}

import type { MigrationParameters } from '../domain/migration/migration';
import {
  groupsToAsk,
  judgeSecret,
  type SecretRule,
  type SecretVerdict,
} from '../domain/secrets/secretPolicy';
import type { SecretPath, SecretReference } from '../domain/secrets/secretReference';
import { targetsOf } from '../domain/secrets/secretTargets';
import type { Directory } from '../ports/directory';
import { groupMemberships } from './groupMemberships';

export interface PermitContext {
  directory: Directory;
  /** The current rules, because the policy may be reloaded while Ferry runs. */
  secretRules(): readonly SecretRule[];
}

/** An intended use: the person, the channel, the job and the parameter. */
interface IntendedUse {
  channel: string;
  parameters: MigrationParameters;
  path: SecretPath;
  requester: string;
}

/**
 * Checks whether the policy allows a use of a secret. Memberships are read from Slack each time.
 */
export async function permitSecret(
  { directory, secretRules: rulesNow }: PermitContext,
  reference: SecretReference,
  { channel, parameters, path, requester }: IntendedUse,
): Promise<SecretVerdict> {
  const secretRules = rulesNow();
  const groupIds = groupsToAsk(secretRules, reference);
  const memberships = await groupMemberships(directory, requester, groupIds);
  const targets = targetsOf(parameters, path);
  return judgeSecret(secretRules, reference, { targets, requester, memberships, channel });
}

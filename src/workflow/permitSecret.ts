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

export interface PermitContext {
  directory: Directory;
  /** As they stand now: the policy can be read again while Ferry runs. */
  secretRules(): readonly SecretRule[];
}

/** Who would use a secret in which channel, for which parameter of which job. */
export interface IntendedUse {
  channel: string;
  parameters: MigrationParameters;
  path: SecretPath;
  requester: string;
}

/** Whether the policy lets a secret be used so. Memberships are asked of Slack now. */
export async function permitSecret(
  { directory, secretRules: rulesNow }: PermitContext,
  reference: SecretReference,
  { channel, parameters, path, requester }: IntendedUse,
): Promise<SecretVerdict> {
  const secretRules = rulesNow();
  const memberships = new Map(
    await Promise.all(
      groupsToAsk(secretRules, reference).map(
        async (groupId) =>
          [
            groupId,
            await directory.isAmong(requester, [{ kind: 'group', groupId }], requester),
          ] as const,
      ),
    ),
  );
  const targets = targetsOf(parameters, path);
  return judgeSecret(secretRules, reference, { targets, requester, memberships, channel });
}

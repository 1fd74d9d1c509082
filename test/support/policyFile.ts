import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPROVERS_GROUP, DB_MIGRATIONS } from '../../playground/slack/index';
import type { SecretRule } from '../../src/domain/secretPolicy';

export interface PolicyFileContent {
  secrets?: readonly SecretRule[];
  presets?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

/** A policy file in a folder of its own, with the usual channel and approvers. */
export function aPolicyFile(content: PolicyFileContent) {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-policy-'));
  const path = join(folder, 'policy.yml');
  const approvals = { channel: DB_MIGRATIONS, approvers: [APPROVERS_GROUP] };
  const write = (changed: PolicyFileContent): void => {
    // JSON is YAML.
    writeFileSync(path, JSON.stringify({ approvals, ...changed }));
  };
  write(content);
  return {
    /** What makes a bot read it in place of the variables that say the same. */
    environment: { POLICY_FILE: path, APPROVAL_CHANNEL: undefined, APPROVERS: undefined },
    write,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

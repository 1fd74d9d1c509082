import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPROVERS_GROUP, DB_MIGRATIONS } from '../../playground/slack/index';
import type { SecretRule } from '../../src/domain/secrets/secretPolicy';

export interface PolicyFileContent {
  /** Settings next to the usual channel and approvers. */
  approvals?: Readonly<Record<string, unknown>>;
  rules?: readonly Readonly<Record<string, unknown>>[];
  watch?: readonly string[];
  digest?: { day: string; at: string; time_zone: string };
  secrets?: readonly SecretRule[];
  presets?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

/** Writes a policy file with the usual channel and approvers. */
export function writePolicyFile(path: string, { approvals, ...others }: PolicyFileContent): void {
  const usual = { channel: DB_MIGRATIONS, approvers: [APPROVERS_GROUP] };
  // JSON is valid YAML.
  writeFileSync(path, JSON.stringify({ approvals: { ...usual, ...approvals }, ...others }));
}

/** Writes a policy file in a new folder. */
export function aPolicyFile(content: PolicyFileContent) {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-policy-'));
  const path = join(folder, 'policy.yml');
  const write = (changed: PolicyFileContent) => writePolicyFile(path, changed);
  write(content);
  return {
    /** The environment that makes a bot read the file instead of variables. */
    environment: { POLICY_FILE: path, APPROVAL_CHANNEL: undefined, APPROVERS: undefined },
    write,
    path,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

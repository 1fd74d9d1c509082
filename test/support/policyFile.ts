import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPROVERS_GROUP, DB_MIGRATIONS } from '../../playground/slack/index';
import type { SecretRule } from '../../src/domain/secrets/secretPolicy';

export interface PolicyFileContent {
  /** Settings beside the usual channel and approvers. */
  approvals?: Readonly<Record<string, unknown>>;
  rules?: readonly Readonly<Record<string, unknown>>[];
  secrets?: readonly SecretRule[];
  presets?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

/** A policy file in a folder of its own, with the usual channel and approvers. */
export function aPolicyFile(content: PolicyFileContent) {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-policy-'));
  const path = join(folder, 'policy.yml');
  const write = ({ approvals, ...others }: PolicyFileContent): void => {
    const usual = { channel: DB_MIGRATIONS, approvers: [APPROVERS_GROUP] };
    // JSON is YAML.
    writeFileSync(path, JSON.stringify({ approvals: { ...usual, ...approvals }, ...others }));
  };
  write(content);
  return {
    /** What makes a bot read it in place of the variables that say the same. */
    environment: { POLICY_FILE: path, APPROVAL_CHANNEL: undefined, APPROVERS: undefined },
    write,
    path,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

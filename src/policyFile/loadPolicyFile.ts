import { readFileSync } from 'node:fs';
import type { ConfigProblem } from '../domain/settings';
import { decodeText } from '../domain/text/decodeText';
import { type PolicyFile, parsePolicyFile } from './parsePolicyFile';

/** Reads the policy file at `path`, which is relative to the working directory. */
export function loadPolicyFile(
  path: string,
): { ok: true; policyFile: PolicyFile } | { ok: false; problem: ConfigProblem } {
  const text = readText(path);
  if (text === undefined) {
    return { ok: false, problem: { variable: 'POLICY_FILE', problem: 'policy_file_unreadable' } };
  }
  const parsed = parsePolicyFile(text);
  if (parsed.ok) return parsed;
  const { problems: places } = parsed;
  const problem = { problem: 'policy_file_wrong', file: path, places } as const;
  return { ok: false, problem: { variable: 'POLICY_FILE', ...problem } };
}

function readText(path: string): string | undefined {
  try {
    return decodeText(readFileSync(path));
  } catch {
    return undefined;
  }
}

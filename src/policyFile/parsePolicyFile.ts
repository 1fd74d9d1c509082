import { LineCounter, parseDocument } from 'yaml';
import { spell } from '../domain/migration/fields';
import type { Policy } from '../domain/policy/policy';
import type {
  PlaceInFile,
  PolicyFileProblem,
  PolicyFileWarning,
} from '../domain/policy/policyFileProblem';
import type { Preset } from '../domain/policy/preset';
import type { SecretRule } from '../domain/secrets/secretPolicy';
import { Places } from './places';
import { type PolicyFileContent, policyFileSchema, presetPaths } from './policyFileSchema';
import { problemsOfContent } from './problemsOfContent';
import { problemsOfEntries } from './problemsOfEntries';
import { problemsOfRules } from './problemsOfRules';
import { problemsOfYaml } from './problemsOfYaml';
import { understandRules } from './understandRules';
import { fromTop, warningsOf } from './warningsOf';

export interface PolicyFile {
  policy: Policy;
  /** In the order of the file. */
  secrets: readonly SecretRule[];
  presets: readonly Preset[];
  /** Probable mistakes, from top to bottom. */
  warnings: readonly PolicyFileWarning[];
}

export type ParsedPolicyFile =
  | { ok: true; policyFile: PolicyFile }
  | { ok: false; problems: readonly PolicyFileProblem[] };

/** Reads a policy file (YAML 1.2), or lists everything that is wrong in it, from top to bottom. */
export function parsePolicyFile(text: string): ParsedPolicyFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const places = new Places(document, lineCounter);
  const problems = problemsOfYaml(document, places);
  // The content of broken YAML is unclear, but a duplicate key or a rewritten number doesn't affect
  // the rest.
  if (problems.some(({ code }) => code !== 'duplicate_key' && code !== 'number_rewritten')) {
    return refuse(problems);
  }

  const content: unknown = document.toJS();
  const parsed = policyFileSchema.safeParse(content);
  if (!parsed.success) {
    const known = new Set(problems.map(spot));
    const others = problemsOfContent(parsed.error.issues, content, places);
    return refuse([...problems, ...others.filter((problem) => !known.has(spot(problem)))]);
  }
  const policyFile = understood(parsed.data);
  const all = [
    ...problems,
    ...problemsOfRules(parsed.data, policyFile.policy, places),
    ...problemsOfEntries(parsed.data, policyFile.policy, places),
  ];
  if (all.length > 0) return refuse(all);
  return { ok: true, policyFile: { ...policyFile, warnings: warningsOf(policyFile, places) } };
}

/** Two checks may reject one value. The first one is more specific. */
const spot = ({ line, column }: PlaceInFile): string => `${line}:${column}`;

function refuse(problems: readonly PolicyFileProblem[]): ParsedPolicyFile {
  return { ok: false, problems: problems.toSorted(fromTop) };
}

function understood(content: PolicyFileContent): Omit<PolicyFile, 'warnings'> {
  const { secrets = [], presets = {} } = content;
  return {
    policy: understandRules(content),
    secrets,
    presets: Object.entries(presets).map(([name, fields]) => ({
      name,
      values: Object.fromEntries(
        presetPaths.flatMap((path) =>
          fields[path] === undefined ? [] : [[path, spell(path, String(fields[path]))]],
        ),
      ),
    })),
  };
}

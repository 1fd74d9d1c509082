import { type Document, isPair, isScalar, Scalar, visit } from 'yaml';
import type { PolicyFileProblem } from '../domain/policy/policyFileProblem';
import { type Places, pathText } from './places';

/** Finds problems in the YAML syntax. */
export function problemsOfYaml(document: Document.Parsed, places: Places): PolicyFileProblem[] {
  /** Each key by the offset at which it begins. */
  const keys = new Map<number | undefined, string>();
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key)) keys.set(key.range?.[0], keyOf(key));
    },
  });
  const problems = [...document.errors, ...document.warnings].map(
    ({ code, message, pos: [start] }): PolicyFileProblem => {
      const place = places.ofOffset(start);
      const key = keys.get(start);
      return code !== 'DUPLICATE_KEY' || key === undefined
        ? { ...place, code: 'yaml_syntax', detail: message }
        : { ...place, code: 'duplicate_key', key };
    },
  );
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const place = places.ofNode(alias);
      problems.push({ ...place, code: 'star_without_quotes', value: `*${alias.source}` });
    },
  });
  visit(document, {
    Scalar(_, scalar, ancestors) {
      const { source, type, value } = scalar;
      if (type !== Scalar.PLAIN || typeof value !== 'number') return;
      if (source === undefined || String(value) === source) return;
      const keys = ancestors.flatMap((node) => (isPair(node) ? [keyOf(node.key)] : []));
      const place = { ...places.ofNode(scalar), path: pathText(keys) };
      problems.push({ ...place, code: 'number_rewritten', written: source, read: String(value) });
    },
  });
  return problems.length === 0 && hasTooManyAliases(document)
    ? [{ ...places.ofValue([]), code: 'too_many_aliases' }]
    : problems;
}

const keyOf = (key: unknown): string => String(isScalar(key) ? (key.source ?? key.value) : key);

/** The library counts the expanded aliases, and stops at a hundred. */
function hasTooManyAliases(document: Document.Parsed): boolean {
  try {
    document.toJS();
    return false;
  } catch (error) {
    if (error instanceof ReferenceError) return true;
    throw error;
  }
}

import { type Document, isAlias, visit } from 'yaml';
import type { PolicyFileProblem } from '../domain/policyFileProblem';
import type { Places } from './places';

/** What is wrong with the text as YAML. */
export function problemsOfYaml(
  document: Document.Parsed,
  places: Places,
  text: string,
): PolicyFileProblem[] {
  const problems = [...document.errors, ...document.warnings].map(
    ({ code, message, pos: [start] }): PolicyFileProblem => {
      const place = places.ofOffset(start);
      if (code !== 'DUPLICATE_KEY') return { ...place, code: 'yaml_syntax', detail: message };
      const key = /^(["']?)([^\n]*?)\1\s*:/.exec(text.slice(start))?.[2] ?? '';
      return { ...place, code: 'duplicate_key', key };
    },
  );
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const place = places.ofOffset(alias.range?.[0] ?? 0);
      problems.push({ ...place, code: 'star_without_quotes', value: `*${alias.source}` });
    },
  });
  return problems.length === 0 && hasTooManyAliases(document)
    ? [{ ...places.ofValue([]), code: 'too_many_aliases' }]
    : problems;
}

/** The library counts what the aliases would come to, and stops at a hundred. */
function hasTooManyAliases(document: Document.Parsed): boolean {
  let hasAliases = false;
  visit(document, (_, node) => {
    hasAliases ||= isAlias(node);
  });
  if (!hasAliases) return false;
  try {
    document.toJS();
    return false;
  } catch (error) {
    if (error instanceof ReferenceError) return true;
    throw error;
  }
}

import type { Policy } from '../domain/policy/policy';
import type { PlaceInFile, PolicyFileWarning } from '../domain/policy/policyFileProblem';
import { ruleShadows, secretShadows } from '../domain/policy/shadows';
import type { SecretRule } from '../domain/secrets/secretPolicy';
import type { Places } from './places';

export const fromTop = (a: PlaceInFile, b: PlaceInFile): number =>
  a.line - b.line || a.column - b.column;

/** What a file that can be used probably does not mean, from top to bottom. */
export function warningsOf(
  { policy, secrets }: { policy: Policy; secrets: readonly SecretRule[] },
  places: Places,
): PolicyFileWarning[] {
  const nameOf = (index: number): string => policy.rules[index]?.rule.name ?? '';
  const rules = ruleShadows(policy).map((shadow): PolicyFileWarning => {
    const { code, earlier, later } = shadow;
    return code === 'rule_never_applies'
      ? { ...places.ofValue(['rules', later]), code, behind: nameOf(earlier) }
      : {
          ...places.ofValue(['rules', earlier]),
          code,
          strict: nameOf(later),
          settings: shadow.settings,
        };
  });
  const lent = secretShadows(secrets).map(
    ({ narrow, wide }): PolicyFileWarning => ({
      ...places.ofValue(['secrets', narrow]),
      code: 'secret_allowed_anyway',
      by: secrets[wide]?.secret ?? '',
      byLine: places.ofValue(['secrets', wide]).line,
    }),
  );
  return [...rules, ...lent].toSorted(fromTop);
}

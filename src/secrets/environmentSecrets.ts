import { Secret } from '../domain/secrets/secret';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables with this prefix are secrets. Requests refer to them by the rest of the name. */
const prefix = 'FERRY_SECRET_';

/** The secrets in the environment by name. Blank ones are treated as unset. */
export function environmentSecrets(environment: Environment): ReadonlyMap<string, Secret> {
  return new Map(
    Object.entries(environment).flatMap(([name, value]): [string, Secret][] =>
      name.startsWith(prefix) && value !== undefined && value !== ''
        ? [[name.slice(prefix.length), new Secret(value)]]
        : [],
    ),
  );
}

/** A value of the environment that was probably misread. It names the variable, never the value. */
export interface SuspiciousVariable {
  variable: string;
  problem: 'quoted' | 'cut_at_hash';
}

/** `envFile`: the text of the `.env` file, if there is one. */
export const suspiciousVariables = (
  environment: Environment,
  envFile: string,
): SuspiciousVariable[] => [
  ...quotedVariables(environment).map((variable) => ({ variable, problem: 'quoted' }) as const),
  ...cutVariables(envFile, environment).map(
    (variable) => ({ variable, problem: 'cut_at_hash' }) as const,
  ),
];

/** Secrets in quotation marks, because Docker's `--env-file` keeps them. */
const quotedVariables = (environment: Environment): string[] =>
  Object.entries(environment).flatMap(([name, value = '']) =>
    name.startsWith(prefix) && /^(["'`]).*\1$/s.test(value.trim()) ? [name] : [],
  );

/**
 * Variables in a `.env` file that an unquoted `#` cut short. A `#` after a space begins an intended
 * comment.
 */
function cutVariables(envFile: string, environment: Environment): string[] {
  return envFile.split(/\r?\n/).flatMap((line) => {
    const [, name, value] =
      /^\s*(?:export\s+)?([\w.-]+)\s*=\s*([^\s#"'`][^#]*?|)#/.exec(line) ?? [];
    if (name === undefined || value === undefined || /\s$/.test(value)) return [];
    return (environment[name] ?? '') === value ? [name] : [];
  });
}

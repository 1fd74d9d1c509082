import { Secret } from '../domain/secrets/secret';

/** Variables with this prefix are secrets that requests can refer to, by the name after it. */
const prefix = 'FERRY_SECRET_';

/** The secrets of the environment by name; blank ones count as unset. */
export function environmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, Secret> {
  return new Map(
    Object.entries(environment).flatMap(([name, value]): [string, Secret][] =>
      name.startsWith(prefix) && value !== undefined && value !== ''
        ? [[name.slice(prefix.length), new Secret(value)]]
        : [],
    ),
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Secrets of the environment with quotes around them; Docker's `--env-file` keeps quotes. */
export const quotedVariables = (environment: Environment): string[] =>
  Object.entries(environment).flatMap(([name, value = '']) =>
    name.startsWith(prefix) && /^(["'`]).*\1$/s.test(value.trim()) ? [name] : [],
  );

/**
 * Variables that an unquoted `#` in the text of a `.env` file cut short. A `#` after a space begins a comment
 * that is meant.
 */
export function cutVariables(envFile: string, environment: Environment): string[] {
  return envFile.split(/\r?\n/).flatMap((line) => {
    const [, name, value] =
      /^\s*(?:export\s+)?([\w.-]+)\s*=\s*([^\s#"'`][^#]*?|)#/.exec(line) ?? [];
    if (name === undefined || value === undefined || /\s$/.test(value)) return [];
    return (environment[name] ?? '') === value ? [name] : [];
  });
}

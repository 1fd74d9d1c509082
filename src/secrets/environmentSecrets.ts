import { Secret } from '../domain/secret';

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

import { z } from 'zod';

/** The parameters that are secrets. They are stored apart from the others. */
export const secretPaths = ['SrcInfo.Password', 'SrcInfo.AccessKey', 'DstInfo.Password'] as const;
export type SecretPath = (typeof secretPaths)[number];

const stored = [
  z.object({ kind: z.literal('ssm'), name: z.string(), version: z.string() }),
  z.object({ kind: z.literal('env'), name: z.string() }),
] as const;

/**
 * A secret in Tencent Cloud Secrets Manager (name and version), or in an environment variable of
 * Ferry (the name without the prefix `FERRY_SECRET_`).
 */
export const secretReference = z.discriminatedUnion('kind', stored);
export type SecretReference = z.infer<typeof secretReference>;

/** The source of a secret's value at launch. `typed` secrets are stored sealed. */
const secretSource = z.discriminatedUnion('kind', [
  ...stored,
  z.object({ kind: z.literal('typed') }),
]);
export type SecretSource = z.infer<typeof secretSource>;

export type SecretSources = Partial<Record<SecretPath, SecretSource>>;
export const secretSources = z.partialRecord(z.enum(secretPaths), secretSource);

/** Typed secrets as they are stored. */
export type SealedSecrets = Partial<Record<SecretPath, string>>;

const written = /^ssm:([\w./-]{1,128}):([\w.-]{1,64})$|^env:([A-Za-z0-9_]{1,128})$/;

/** Writes `ssm:name:version` or `env:NAME`, the form of the policy and the request form. */
export function writeReference(reference: SecretReference): string {
  return reference.kind === 'ssm'
    ? `ssm:${reference.name}:${reference.version}`
    : `env:${reference.name}`;
}

/** Reads the output of `writeReference`. Returns `undefined` for other text. */
export function parseReference(text: string): SecretReference | undefined {
  const [, name, version, variable] = written.exec(text) ?? [];
  if (name !== undefined && version !== undefined) return { kind: 'ssm', name, version };
  return variable === undefined ? undefined : { kind: 'env', name: variable };
}

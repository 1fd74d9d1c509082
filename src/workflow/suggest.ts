import { type ResourceList, type ResourceQuery, resourceQuery } from '../domain/form/resource';
import type { SecretChoice, Suggestions } from '../domain/form/suggestions';
import { type FieldPath, type FormValues, resourceOf } from '../domain/migration/fields';
import type { Target } from '../domain/policy/targetPattern';
import { judgeSecret, type SecretRule } from '../domain/secrets/secretPolicy';
import {
  parseReference,
  type SecretReference,
  writeReference,
} from '../domain/secrets/secretReference';
import type { SecretList, SecretVersions } from '../domain/secrets/storedSecret';
import type { LookUp } from './lookUp';

type Found<List> = Extract<List, { kind: 'found' }>;

export interface SuggestContext {
  /** The region of stored secrets, and of calls that list regions. */
  region: string;
  secretRules(): readonly SecretRule[];
  /** The names of secrets in Ferry's environment, without the prefix. */
  environmentSecrets: readonly string[];
  resources: LookUp<ResourceQuery, Found<ResourceList>>;
  secrets: LookUp<{ region: string }, Found<SecretList>>;
  versions: LookUp<{ region: string; name: string }, Found<SecretVersions>>;
}

export interface SuggestionQuery {
  path: FieldPath;
  /** The text typed so far. */
  typed: string;
  /** The choices of the form when it was drawn. */
  scope: FormValues;
  requester: string;
  /** The possible channels of the request. Which one it is depends on the submitted form. */
  channels: readonly string[];
}

/** Versions take one call per secret, so only a few secrets get them at a time. */
const mostSecrets = 8;

/** The options for a field; `undefined` if the field has none. */
export async function suggest(
  context: SuggestContext,
  query: SuggestionQuery,
): Promise<Suggestions | undefined> {
  const resource = resourceOf(query.path);
  if (resource === undefined) return undefined;
  if (resource.kind === 'secret') return suggestSecrets(context, query);
  const wanted = resourceQuery(resource, query.scope, context.region);
  if (wanted === 'region_missing') return { kind: 'region_missing' };
  const engine = wanted.kind === 'instance' ? wanted.engine : undefined;
  return { kind: 'resources', answer: await context.resources.lookUp(wanted), engine };
}

async function suggestSecrets(
  context: SuggestContext,
  query: SuggestionQuery,
): Promise<Suggestions> {
  const { region, environmentSecrets, secrets, versions } = context;
  const fits = (name: string) => name.toLowerCase().includes(query.typed.trim().toLowerCase());
  const use = { ...query, targets: [] };
  const environment = environmentSecrets
    .filter((name) => fits(name) && isListed(context, use, { kind: 'env', name }))
    .map((name): SecretChoice => {
      const reference = writeReference({ kind: 'env', name });
      return { reference, name, version: undefined, unusable: undefined };
    });
  const listed = await secrets.lookUp({ region });
  if (listed.kind !== 'found') return { kind: 'secrets', environment, ssm: listed };
  const named = listed.secrets
    .filter(({ name }) => fits(name) && isListed(context, use, { kind: 'ssm', name, version: '' }))
    .slice(0, mostSecrets);
  const known = await Promise.all(
    named.map(async (secret) => ({
      ...secret,
      versions: await versions.lookUp({ region, name: secret.name }),
    })),
  );
  const choices = known.flatMap(({ name, unusable, versions: all }): SecretChoice[] =>
    (all.kind === 'found' ? all.versions : []).map((version) => {
      const reference = writeReference({ kind: 'ssm', name, version });
      return { reference, name, version, unusable };
    }),
  );
  // Without a version, nothing can be selected, so the reason matters.
  for (const { versions: all } of known) {
    if (choices.length === 0 && all.kind !== 'found') {
      return { kind: 'secrets', environment, ssm: all };
    }
  }
  return { kind: 'secrets', environment, ssm: { kind: 'found', choices } };
}

/**
 * An intended use of a secret: the person, the possible channels, and the targets, if they are
 * known.
 */
interface IntendedUse {
  channels: readonly string[];
  requester: string;
  targets: readonly Target[];
}

/** The secrets that a person may use, or nothing if they can't be listed. */
export async function usableSecrets(
  context: SuggestContext,
  path: FieldPath,
  use: IntendedUse,
): Promise<readonly SecretChoice[]> {
  const found = await suggestSecrets(context, { ...use, path, typed: '', scope: {} });
  if (found.kind !== 'secrets' || found.ssm.kind !== 'found') return [];
  return [...found.environment, ...found.ssm.choices].filter(({ reference, unusable }) => {
    const named = parseReference(reference);
    return unusable === undefined && named !== undefined && isListed(context, use, named);
  });
}

/**
 * True if a person may know that a secret exists, because the policy may allow its use. Unknown targets
 * and groups are checked when the form is submitted.
 */
function isListed(
  { secretRules }: SuggestContext,
  { channels, requester, targets }: IntendedUse,
  reference: SecretReference,
): boolean {
  return channels.some((channel) => {
    const use = { targets, requester, memberships: new Map(), channel };
    const verdict = judgeSecret(secretRules(), reference, use);
    return (
      verdict.ok ||
      verdict.problem.code === 'secret_requester_unknown' ||
      (verdict.problem.code === 'secret_for_other_targets' && targets.length === 0)
    );
  });
}

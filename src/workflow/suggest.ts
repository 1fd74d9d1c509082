import { type ResourceList, type ResourceQuery, resourceQuery } from '../domain/form/resource';
import type { SecretChoice, Suggestions } from '../domain/form/suggestions';
import { type FieldPath, type FormValues, resourceOf } from '../domain/migration/fields';
import { judgeSecret, type SecretRule } from '../domain/secrets/secretPolicy';
import { type SecretReference, writeReference } from '../domain/secrets/secretReference';
import type { SecretList, SecretVersions } from '../domain/secrets/storedSecret';
import type { LookUp } from './lookUp';

type Found<List> = Extract<List, { kind: 'found' }>;

export interface SuggestContext {
  /** Where secrets are kept, and regions are asked for. */
  region: string;
  secretRules(): readonly SecretRule[];
  /** The names of the secrets in Ferry's environment, without their prefix. */
  environmentSecrets: readonly string[];
  resources: LookUp<ResourceQuery, Found<ResourceList>>;
  secrets: LookUp<{ region: string }, Found<SecretList>>;
  versions: LookUp<{ region: string; name: string }, Found<SecretVersions>>;
}

export interface SuggestionQuery {
  path: FieldPath;
  /** What was typed so far. */
  typed: string;
  /** The choices that the form had when it was drawn. */
  scope: FormValues;
  requester: string;
  /** Where the request may stand: that is known only once the form is sent. */
  channels: readonly string[];
}

/** Versions are asked for by name, so only for so many secrets at a time. */
const mostSecrets = 8;

/** What somebody can pick for a field; `undefined` for a field that has nothing to pick from. */
export async function suggest(
  context: SuggestContext,
  query: SuggestionQuery,
): Promise<Suggestions | undefined> {
  const resource = resourceOf(query.path);
  if (resource === undefined) return undefined;
  if (resource.kind === 'secret') return suggestSecrets(context, query);
  const wanted = resourceQuery(resource, query.scope, context.region);
  if (wanted === 'region_missing') return { kind: 'region_missing' };
  return { kind: 'resources', answer: await context.resources.lookUp(wanted) };
}

async function suggestSecrets(
  context: SuggestContext,
  query: SuggestionQuery,
): Promise<Suggestions> {
  const { region, environmentSecrets, secrets, versions } = context;
  const fits = (name: string) => name.toLowerCase().includes(query.typed.trim().toLowerCase());
  const environment = environmentSecrets
    .filter((name) => fits(name) && isListed(context, query, { kind: 'env', name }))
    .map((name): SecretChoice => {
      const reference = writeReference({ kind: 'env', name });
      return { reference, name, version: undefined, unusable: undefined };
    });
  const listed = await secrets.lookUp({ region });
  if (listed.kind !== 'found') return { kind: 'secrets', environment, ssm: listed };
  const named = listed.secrets
    .filter(
      ({ name }) => fits(name) && isListed(context, query, { kind: 'ssm', name, version: '' }),
    )
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
  // Without a version nothing can be picked: then it matters why none is known.
  for (const { versions: all } of known) {
    if (choices.length === 0 && all.kind !== 'found') {
      return { kind: 'secrets', environment, ssm: all };
    }
  }
  return { kind: 'secrets', environment, ssm: { kind: 'found', choices } };
}

/**
 * Whether somebody is shown that a secret exists: where the policy may let them use it. Where it is
 * sent, and whose groups they are in, is judged when the form is sent.
 */
function isListed(
  { secretRules }: SuggestContext,
  { channels, requester }: SuggestionQuery,
  reference: SecretReference,
): boolean {
  return channels.some((channel) => {
    const use = { targets: [], requester, memberships: new Map(), channel };
    const verdict = judgeSecret(secretRules(), reference, use);
    return (
      verdict.ok ||
      verdict.problem.code === 'secret_requester_unknown' ||
      verdict.problem.code === 'secret_for_other_targets'
    );
  });
}

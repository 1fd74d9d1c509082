import { type ResourceList, type ResourceQuery, resourceQuery } from '../domain/form/resource';
import type { SecretChoice, Suggestions } from '../domain/form/suggestions';
import { type FieldPath, type FormValues, resourceOf } from '../domain/migration/fields';
import type { Membership } from '../domain/people/person';
import type { Target } from '../domain/policy/targetPattern';
import { groupsToAsk, judgeSecret, type SecretRule } from '../domain/secrets/secretPolicy';
import { type SecretReference, writeReference } from '../domain/secrets/secretReference';
import type { SecretList, SecretVersions } from '../domain/secrets/storedSecret';
import { within } from '../domain/time/within';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import { groupMemberships } from './groupMemberships';
import type { LookUp } from './lookUp';

type Found<List> = Extract<List, { kind: 'found' }>;

export interface SuggestContext {
  clock: Clock;
  directory: Pick<Directory, 'isAmong'>;
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
/** A person waits, so only a few groups are asked about, and not for long. Others are unknown. */
const mostGroups = 10;
const groupsMs = 500;

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
  { channels, requester, typed }: SuggestionQuery,
): Promise<Suggestions> {
  const { region, environmentSecrets, secrets, versions } = context;
  const fits = (name: string) => name.toLowerCase().includes(typed.trim().toLowerCase());
  const variables = environmentSecrets.filter(fits).map(variable);
  const listed = await secrets.lookUp({ region });
  const stored = listed.kind === 'found' ? listed.secrets.filter(({ name }) => fits(name)) : [];
  const references = [...variables, ...stored.map(withoutVersion)];
  const use = { channels, requester, targets: [] };
  const mayUse = await permissions(context, use, references);
  const environment = variables
    .filter((each) => mayUse(each) !== 'no')
    .map(({ name }) => choiceOf({ kind: 'env', name }));
  if (listed.kind !== 'found') return { kind: 'secrets', environment, ssm: listed };
  const allowed = stored.filter((secret) => mayUse(withoutVersion(secret)) !== 'no');
  const known = await Promise.all(
    allowed.slice(0, mostSecrets).map(async (secret) => ({
      ...secret,
      versions: await versions.lookUp({ region, name: secret.name }),
    })),
  );
  const choices = known.flatMap(({ name, unusable, versions: all }): SecretChoice[] =>
    (all.kind === 'found' ? all.versions : []).map((version) =>
      choiceOf({ kind: 'ssm', name, version }, unusable),
    ),
  );
  // Without a version, nothing can be selected, so the reason matters.
  for (const { versions: all } of known) {
    if (choices.length === 0 && all.kind !== 'found') {
      return { kind: 'secrets', environment, ssm: all };
    }
  }
  const hasMore = allowed.length > mostSecrets;
  return { kind: 'secrets', environment, ssm: { kind: 'found', choices, hasMore } };
}

const variable = (name: string) => ({ kind: 'env', name }) as const;
const withoutVersion = ({ name }: { name: string }) =>
  ({ kind: 'ssm', name, version: '' }) as const;

function choiceOf(reference: SecretReference, unusable?: string): SecretChoice {
  const version = reference.kind === 'ssm' ? reference.version : undefined;
  return { reference: writeReference(reference), name: reference.name, version, unusable };
}

/**
 * A possible use of a secret: the person, the possible channels, and the targets, if they are
 * known.
 */
interface PossibleUse {
  channels: readonly string[];
  requester: string;
  targets: readonly Target[];
}

/**
 * The only secret that a person may use; `undefined` if there are several, or if the list or a
 * permission is unknown.
 */
export async function onlySecret(
  context: SuggestContext,
  use: PossibleUse,
): Promise<SecretChoice | undefined> {
  const { environmentSecrets, region, secrets, versions } = context;
  const listed = await secrets.lookUp({ region });
  if (listed.kind !== 'found') return undefined;
  const stored = listed.secrets.filter(({ unusable }) => unusable === undefined);
  const references = [...environmentSecrets.map(variable), ...stored.map(withoutVersion)];
  const mayUse = await permissions(context, use, references);
  const [only, ...others] = references.filter((each) => mayUse(each) !== 'no');
  if (only === undefined || others.length > 0 || mayUse(only) !== 'yes') return undefined;
  if (only.kind === 'env') return choiceOf(only);
  const { name } = only;
  const all = await versions.lookUp({ region, name });
  const [version, ...more] = all.kind === 'found' ? all.versions : [];
  const isOnly = version !== undefined && more.length === 0;
  return isOnly ? choiceOf({ kind: 'ssm', name, version }) : undefined;
}

/**
 * Whether a person may use each of these secrets in one of the channels. Targets that are still
 * unknown are checked when the form is submitted, and so are groups that Slack doesn't return in time.
 */
async function permissions(
  context: SuggestContext,
  { channels, requester, targets }: PossibleUse,
  references: readonly SecretReference[],
): Promise<(reference: SecretReference) => Membership> {
  const { clock, directory, secretRules } = context;
  const rules = secretRules().map((rule) =>
    targets.length === 0 ? { ...rule, anywhere: true as const } : rule,
  );
  const groupIds = new Set(references.flatMap((each) => groupsToAsk(rules, each)));
  const memberships = await groupMemberships(
    directory,
    requester,
    [...groupIds].slice(0, mostGroups),
    async (answer) => (await within(clock, answer, groupsMs)) ?? 'unknown',
  );
  return (reference) => {
    const verdicts = channels.map((channel) =>
      judgeSecret(rules, reference, { targets, requester, memberships, channel }),
    );
    if (verdicts.some(({ ok }) => ok)) return 'yes';
    const isUnknown = verdicts.some(
      (verdict) => !verdict.ok && verdict.problem.code === 'secret_requester_unknown',
    );
    return isUnknown ? 'unknown' : 'no';
  };
}

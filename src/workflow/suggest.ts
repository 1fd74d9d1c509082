import type { ResourceList, ResourceQuery } from '../domain/form/resource';
import type { SecretChoice, Suggestions } from '../domain/form/suggestions';
import type { FieldPath, FormValues } from '../domain/migration/fields';
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
  if (/\.Reference$/.test(query.path)) return suggestSecrets(context, query);
  const wanted = resourceQuery(context, query);
  if (wanted === undefined || wanted === 'region_missing') {
    return wanted && { kind: 'region_missing' };
  }
  return { kind: 'resources', answer: await context.resources.lookUp(wanted) };
}

function resourceQuery(
  { region: home }: SuggestContext,
  { path, scope }: SuggestionQuery,
): ResourceQuery | 'region_missing' | undefined {
  // A self-built VPN asks for no region of the source.
  const near = scope['SrcInfo.Region'] ?? scope['DstInfo.Region'] ?? home;
  switch (path) {
    case 'SrcInfo.Region':
    case 'DstInfo.Region':
      return { kind: 'region', region: home };
    case 'SrcInfo.InstanceId': {
      const region = scope['SrcInfo.Region'];
      const engine = scope.SrcDatabaseType ?? 'mysql';
      return region === undefined
        ? 'region_missing'
        : { kind: 'instance', region, engine, role: 'src' };
    }
    case 'DstInfo.InstanceId': {
      const region = scope['DstInfo.Region'];
      const engine = scope.DstDatabaseType ?? 'mysql';
      return region === undefined
        ? 'region_missing'
        : { kind: 'instance', region, engine, role: 'dst' };
    }
    case 'SrcInfo.CvmInstanceId':
      return { kind: 'cvm', region: near };
    case 'SrcInfo.UniqDcgId':
      return { kind: 'dcg', region: near };
    case 'SrcInfo.UniqVpnGwId':
      return { kind: 'vpn_gateway', region: near };
    case 'SrcInfo.CcnId':
      return { kind: 'ccn', region: near };
    case 'SrcInfo.VpcId':
      return { kind: 'vpc', region: near };
    case 'SrcInfo.SubnetId': {
      const vpcId = scope['SrcInfo.VpcId'];
      return { kind: 'subnet', region: near, ...(vpcId === undefined ? {} : { vpcId }) };
    }
    default:
      return undefined;
  }
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
      verdict.allowed ||
      verdict.problem.code === 'secret_requester_unknown' ||
      verdict.problem.code === 'secret_for_other_targets'
    );
  });
}

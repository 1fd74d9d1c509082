import { matchesWildcard } from '../../domain/policy/wildcard';
import type { LaunchProblem } from '../../domain/request/launchOutcome';
import { type SecretReference, writeReference } from '../../domain/secrets/secretReference';
import { keysOf } from '../../domain/secrets/secretValue';
import { currentVersion, type SecretList } from '../../domain/secrets/storedSecret';
import { explainProblem } from '../../i18n/explain';
import type { Messages } from '../../i18n/locales';
import { createSecretReader } from '../../secrets/secretReader';
import { listSecrets } from '../../tencentcloud/listSecrets';
import { createSecretsManager } from '../../tencentcloud/secretsManager';
import { secretVersions } from '../../tencentcloud/secretVersions';
import { abandonSlowCall, type Examined } from './examined';
import { doubtful, type Finding, fine, wrong } from './finding';

/**
 * Reads each version of each secret that the policy allows, and checks it as a launch would. Prints
 * no values.
 */
export async function examineSecrets(examined: Examined): Promise<Finding[]> {
  const { account, config, messages, region } = examined;
  const patterns = [...new Set(config.secrets.map(({ secret }) => secret))];
  const isListed = patterns.some((pattern) => pattern.startsWith('ssm:') && pattern.includes('*'));
  const stored: SecretList = isListed
    ? await listSecrets(account, region, abandonSlowCall())
    : { kind: 'found', secrets: [] };
  const found: Finding[] = [];
  const seen = new Set<string>();
  for (const pattern of patterns) {
    if (pattern.startsWith('ssm:') && pattern.includes('*') && stored.kind === 'failed') {
      found.push(unreadSecret(messages, pattern, stored.problem));
      continue;
    }
    const known = [
      ...[...config.environmentSecrets.keys()].map((name) => `env:${name}`),
      ...(stored.kind === 'found' ? stored.secrets.map(({ name }) => `ssm:${name}`) : []),
    ];
    const named = pattern.includes('*')
      ? known.filter((each) => matchesWildcard(pattern, each)).sort()
      : [pattern];
    if (named.length === 0) found.push(doubtful('secret', messages.doctor.secret.none(pattern)));
    for (const secret of named) {
      if (!seen.has(secret)) found.push(...(await examineSecret(examined, secret)));
      seen.add(secret);
    }
  }
  return found;
}

/** `secret`: `env:` or `ssm:`, and its name. */
async function examineSecret(examined: Examined, secret: string): Promise<Finding[]> {
  const { account, messages, region } = examined;
  const name = secret.slice(secret.indexOf(':') + 1);
  if (!secret.startsWith('ssm:')) return [await examineReference(examined, { kind: 'env', name })];
  const listed = await secretVersions(account, region, name, abandonSlowCall());
  if (listed.kind === 'failed') return [unreadSecret(messages, secret, listed.problem)];
  const found: Finding[] = [];
  for (const version of listed.versions.length === 0 ? [currentVersion] : listed.versions) {
    found.push(await examineReference(examined, { kind: 'ssm', name, version }));
  }
  return found;
}

async function examineReference(
  { account, config, messages, region }: Examined,
  reference: SecretReference,
): Promise<Finding> {
  const words = messages.doctor.secret;
  const read = await createSecretReader({
    environment: config.environmentSecrets,
    secretsManager: createSecretsManager(account, region),
  }).read(reference, abandonSlowCall());
  const shown = writeReference(reference);
  if (read.ok) return fine('secret', words.usable(shown));
  const path = 'SrcInfo.Password';
  if (read.cause.kind !== 'unusable') {
    const problem = { kind: 'secret_unavailable', path, reference, cause: read.cause } as const;
    return unreadSecret(messages, shown, problem);
  }
  const { flaw } = read.cause;
  const why = flaw === undefined ? '' : messages.explanations.valueFlaw(flaw.kind);
  const keys = flaw === undefined ? [] : keysOf(flaw);
  return wrong('secret', words.unusable(shown, why, keys));
}

function unreadSecret(messages: Messages, shown: string, problem: LaunchProblem): Finding {
  const { headline, quote } = explainProblem(problem, messages);
  const why = [headline, quote].filter(Boolean).join(' ');
  return wrong('secret', messages.doctor.secret.unread(shown, why));
}

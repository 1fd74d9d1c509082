import type { Config } from '../config';
import {
  describeAccount,
  describeListening,
  describePeople,
  describeWarning,
} from '../describeProblems';
import { isForbiddenProblem } from '../domain/errors/callProblem';
import { auditChannelsOf, channelsOf } from '../domain/policy/policy';
import { matchesWildcard } from '../domain/policy/wildcard';
import type { LaunchProblem } from '../domain/request/launchOutcome';
import type { Secret } from '../domain/secrets/secret';
import { type SecretReference, writeReference } from '../domain/secrets/secretReference';
import { keysOf } from '../domain/secrets/secretValue';
import { currentVersion, type SecretList } from '../domain/secrets/storedSecret';
import { explainInLine, explainProblem } from '../i18n/explain';
import { locales } from '../i18n/locales';
import { systemClock } from '../operations/systemClock';
import type { Log } from '../ports/log';
import type { SuspiciousVariable } from '../secrets/environmentSecrets';
import { createSecretReader } from '../secrets/secretReader';
import { checkAppToken } from '../slack/checkAppToken';
import { checkChannel } from '../slack/checkChannel';
import { checkPeople, namedPeople } from '../slack/checkPeople';
import { checkView } from '../slack/checkViews';
import { interactiveClient } from '../slack/clients';
import { clockSkewMs } from '../slack/clockSkew';
import { exampleViews } from '../slack/exampleViews';
import { botScopes } from '../slack/scopes';
import { signIn } from '../slack/signIn';
import { createChain } from '../store/chain';
import type { DatabaseLocation } from '../store/database';
import type { ReadingProblem } from '../store/openDatabase';
import { readDatabase, takeCensus } from '../store/readDatabase';
import { isFileWritable, takesWrites } from '../store/writable';
import { accountOf } from '../tencentcloud/accountOf';
import type { CloudAccount } from '../tencentcloud/callCloud';
import { checkAccess } from '../tencentcloud/checkAccess';
import { checkPermissions } from '../tencentcloud/checkPermissions';
import { checkAccount } from '../tencentcloud/identifyAccount';
import { listSecrets } from '../tencentcloud/listSecrets';
import { createSecretsManager } from '../tencentcloud/secretsManager';
import { secretVersions } from '../tencentcloud/secretVersions';
import { version } from '../version';
import { examinePort } from './examinePort';

export type Check =
  | 'settings'
  | 'policy'
  | 'variable'
  | 'bot_token'
  | 'scopes'
  | 'app_token'
  | 'channel'
  | 'people'
  | 'views'
  | 'clock'
  | 'database'
  | 'audit_key'
  | 'requests'
  | 'port'
  | 'keys'
  | 'account'
  | 'search'
  | 'permission'
  | 'region'
  | 'secret';

/** The result of a check, in one line. */
export interface Finding {
  /** What was checked, for programs. */
  check: Check;
  /** `doubtful`: it works, but is probably a mistake. */
  verdict: 'fine' | 'doubtful' | 'wrong';
  says: string;
}

const fine = (check: Check, says: string): Finding => ({ check, verdict: 'fine', says });
const doubtful = (check: Check, says: string): Finding => ({ check, verdict: 'doubtful', says });
const wrong = (check: Check, says: string): Finding => ({ check, verdict: 'wrong', says });

const cloudTimeoutMs = 20_000;

/**
 * Checks everything around Ferry that it needs, once the settings are valid. Changes nothing.
 * @param withViews sends an example of each view to Slack's validation, too
 */
export async function examine(
  config: Config,
  suspicious: readonly SuspiciousVariable[],
  now: () => number,
  withViews: boolean,
): Promise<Finding[]> {
  const words = locales[config.locale].doctor;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const account = accountOf(config, { clock: systemClock, log, random: Math.random });
  const found = await Promise.all([
    examineSlack(config, withViews),
    examineClock(config, now),
    examineDatabase(config),
    examineListening(config),
    examineCloud(config, account),
    examineSecrets(config, account),
  ]);
  return [
    fine('settings', words.settings),
    fine('policy', words.policy(config.policyFile, config.policy.rules.length)),
    ...config.warnings.map((warning) =>
      doubtful('policy', describeWarning(config.policyFile ?? '', warning, config.locale)),
    ),
    ...suspicious.map(({ variable, problem }) =>
      doubtful('variable', words.variable[problem](variable)),
    ),
    ...found.flat(),
  ];
}

async function examineSlack(config: Config, withViews: boolean): Promise<Finding[]> {
  const { slack, policy, locale } = config;
  const words = locales[locale].doctor;
  /** Collects checks that Slack didn't answer, which the bot would log. */
  const unanswered = new Set<string>();
  const note = (line: string, fields?: Readonly<Record<string, unknown>>) =>
    void unanswered.add(String(fields?.['says'] ?? line));
  const log: Log = { info: () => {}, warn: note, error: note };
  const connect = (token: Secret) => interactiveClient(token.reveal(), slack.apiUrl, log);
  const client = connect(slack.botToken);

  const appToken = await examineConnection(config, connect);
  const signedIn = await signIn(client);
  if (signedIn.kind === 'unreachable')
    return [wrong('bot_token', words.slackUnreachable(signedIn.detail))];
  if (signedIn.kind === 'refused')
    return [wrong('bot_token', words.tokenRefused(signedIn.error)), appToken];

  const { scopes, teamId } = signedIn.identity;
  const missing = botScopes.filter((scope) => scopes?.includes(scope) === false);
  const scopeFinding =
    scopes === undefined
      ? wrong('scopes', words.scopesUnknown)
      : missing.length === 0
        ? fine('scopes', words.scopes)
        : wrong('scopes', words.scopesMissing(missing));

  const channels: Finding[] = [];
  const posted = channelsOf(policy);
  for (const channel of new Set([...posted, ...auditChannelsOf(policy)])) {
    const doubts = unanswered.size;
    const problem = await checkChannel(client, channel, log);
    if (problem !== undefined) {
      const says = words.channelProblems[problem](channel);
      channels.push(
        posted.includes(channel)
          ? wrong('channel', says)
          : doubtful('channel', words.unreported(says)),
      );
    } else if (unanswered.size === doubts) channels.push(fine('channel', words.channel(channel)));
  }
  const problems = await checkPeople({ client, log, teamId }, namedPeople(policy));
  const people = problems.map((problem) => wrong('people', describePeople(problem, locale)));
  const doubts = [...unanswered].map((what) => wrong('people', words.unchecked(what)));
  return [
    fine('bot_token', words.token),
    scopeFinding,
    appToken,
    ...channels,
    ...(people.length === 0 && doubts.length === 0 ? [fine('people', words.people)] : people),
    ...doubts,
    ...(withViews ? await examineViews(config, client) : []),
  ];
}

/** Sends one example after the other, because Slack limits this method. */
async function examineViews(
  { locale, policy }: Config,
  client: ReturnType<typeof interactiveClient>,
): Promise<Finding[]> {
  const words = locales[locale].doctor.views;
  const findings: Finding[] = [];
  let accepted = 0;
  for (const [name, messages] of Object.entries(locales)) {
    for (const example of exampleViews(messages, policy.otherwise, version)) {
      const verdict = await checkView(client, example);
      const kind = `${example.kind}, ${name}`;
      if (verdict.kind === 'accepted') accepted += 1;
      else if (verdict.kind === 'rejected')
        findings.push(wrong('views', words.rejected(kind, verdict.detail)));
      // The next ones would fail in the same way.
      else return [...findings, doubtful('views', words.unchecked(kind, verdict.detail))];
    }
  }
  return findings.length === 0 ? [fine('views', words.accepted(accepted))] : findings;
}

async function examineConnection(
  { slack, locale }: Config,
  connect: (token: Secret) => ReturnType<typeof interactiveClient>,
): Promise<Finding> {
  const words = locales[locale].doctor;
  const { connection } = slack;
  if (connection.mode === 'http') return fine('app_token', words.http);
  const refused = await checkAppToken(connect(connection.appToken));
  return refused === undefined
    ? fine('app_token', words.appToken)
    : wrong('app_token', words.appTokenRefused(refused));
}

/** The name of the database, without a password. */
const nameOf = (location: DatabaseLocation): string =>
  location.kind === 'sqlite' ? location.path : 'PostgreSQL';

/** Tencent Cloud rejects signatures that are five minutes old, and so does Ferry for Slack's. */
const wrongSkewMs = 240_000;
const doubtfulSkewMs = 30_000;

async function examineClock({ slack, locale }: Config, now: () => number): Promise<Finding[]> {
  const words = locales[locale].doctor.clock;
  const skewMs = await clockSkewMs(slack.apiUrl, now);
  // The checks of Slack report that it does not respond.
  if (skewMs === undefined) return [];
  const seconds = Math.round(skewMs / 1_000);
  if (Math.abs(skewMs) >= wrongSkewMs) return [wrong('clock', words.off(seconds))];
  return [
    Math.abs(skewMs) >= doubtfulSkewMs
      ? doubtful('clock', words.off(seconds))
      : fine('clock', words.right),
  ];
}

async function examineListening({ host, locale, port }: Config): Promise<Finding[]> {
  const words = locales[locale].doctor.port;
  const state = await examinePort({ host, port });
  if (state.kind === 'free') return [fine('port', words.free(port))];
  if (state.kind === 'ferry') return [fine('port', words.ferry(port, state.version))];
  return [wrong('port', describeListening(state.problem, locale))];
}

async function examineDatabase({ auditKeys, database, locale }: Config): Promise<Finding[]> {
  const words = locales[locale].doctor;
  const chain = createChain(auditKeys);
  const readOnly = wrong('database', words.databaseReadOnly(nameOf(database)));
  if (database.kind === 'sqlite' && !isFileWritable(database.path)) return [readOnly];
  const reading = await readDatabase(database, async (db) => ({
    ...(await takeCensus(db, chain)),
    isWritable: await takesWrites(db, database),
  }));
  if (!reading.ok) return [describeReading(reading.problem, database, words)];
  const { byStatus, fits, isWritable, unannounced } = reading.result;
  const counts = byStatus.map(({ status, count }) => words.counted(words.statuses[status], count));
  const stuck = unannounced.map(({ id, channel }) => words.inChannel(id, channel));
  return [
    isWritable ? fine('database', words.database(nameOf(database))) : readOnly,
    fits
      ? fine('audit_key', words.auditKey(chain.keyedFrom))
      : wrong('audit_key', words.auditKeyWrong),
    fine('requests', words.requests(counts)),
    ...(stuck.length === 0 ? [] : [wrong('requests', words.unannounced(stuck))]),
  ];
}

/** Why the database wasn't read. That is fine if the bot is using it, or before the first start. */
export function describeReading(
  problem: ReadingProblem,
  location: DatabaseLocation,
  words: (typeof locales)['en']['doctor'],
): Finding {
  const where = nameOf(location);
  switch (problem.kind) {
    case 'in_use':
      return fine('database', words.databaseInUse(where));
    case 'absent':
      return fine('database', words.databaseAbsent(where));
    case 'older_schema':
      return fine('database', words.databaseOlder(where));
    case 'newer_schema':
      return wrong('database', words.databaseNewer(where));
    case 'unusable':
      return wrong('database', words.databaseUnusable(where, problem.detail));
    default:
      return problem satisfies never;
  }
}

/**
 * Reads each version of each secret that the policy allows, and checks it as a launch would. Prints
 * no values.
 */
async function examineSecrets(config: Config, account: CloudAccount): Promise<Finding[]> {
  const patterns = [...new Set(config.secrets.map(({ secret }) => secret))];
  const isListed = patterns.some((pattern) => pattern.startsWith('ssm:') && pattern.includes('*'));
  const { region } = config.tencentCloud;
  const stored: SecretList = isListed
    ? await listSecrets(account, region, AbortSignal.timeout(cloudTimeoutMs))
    : { kind: 'found', secrets: [] };
  const found: Finding[] = [];
  const seen = new Set<string>();
  for (const pattern of patterns) {
    if (pattern.startsWith('ssm:') && pattern.includes('*') && stored.kind === 'failed') {
      found.push(unreadSecret(config, pattern, stored.problem));
      continue;
    }
    const known = [
      ...[...config.environmentSecrets.keys()].map((name) => `env:${name}`),
      ...(stored.kind === 'found' ? stored.secrets.map(({ name }) => `ssm:${name}`) : []),
    ];
    const named = pattern.includes('*')
      ? known.filter((each) => matchesWildcard(pattern, each)).sort()
      : [pattern];
    if (named.length === 0)
      found.push(doubtful('secret', locales[config.locale].doctor.secret.none(pattern)));
    for (const secret of named) {
      if (!seen.has(secret)) found.push(...(await examineSecret(config, account, secret)));
      seen.add(secret);
    }
  }
  return found;
}

/** `secret`: `env:` or `ssm:`, and its name. */
async function examineSecret(
  config: Config,
  account: CloudAccount,
  secret: string,
): Promise<Finding[]> {
  const name = secret.slice(secret.indexOf(':') + 1);
  if (!secret.startsWith('ssm:'))
    return [await examineReference(config, account, { kind: 'env', name })];
  const { region } = config.tencentCloud;
  const abandon = AbortSignal.timeout(cloudTimeoutMs);
  const listed = await secretVersions(account, region, name, abandon);
  if (listed.kind === 'failed') return [unreadSecret(config, secret, listed.problem)];
  const found: Finding[] = [];
  for (const version of listed.versions.length === 0 ? [currentVersion] : listed.versions) {
    found.push(await examineReference(config, account, { kind: 'ssm', name, version }));
  }
  return found;
}

async function examineReference(
  config: Config,
  account: CloudAccount,
  reference: SecretReference,
): Promise<Finding> {
  const messages = locales[config.locale];
  const words = messages.doctor.secret;
  const abandon = AbortSignal.timeout(cloudTimeoutMs);
  const read = await createSecretReader({
    environment: config.environmentSecrets,
    secretsManager: createSecretsManager(account, config.tencentCloud.region),
  }).read(reference, abandon);
  const shown = writeReference(reference);
  if (read.ok) return fine('secret', words.usable(shown));
  const path = 'SrcInfo.Password';
  if (read.cause.kind !== 'unusable') {
    const problem = { kind: 'secret_unavailable', path, reference, cause: read.cause } as const;
    return unreadSecret(config, shown, problem);
  }
  const { flaw } = read.cause;
  const why = flaw === undefined ? '' : messages.explanations.valueFlaw(flaw.kind);
  const keys = flaw === undefined ? [] : keysOf(flaw);
  return wrong('secret', words.unusable(shown, why, keys));
}

function unreadSecret({ locale }: Config, shown: string, problem: LaunchProblem): Finding {
  const messages = locales[locale];
  const { headline, quote } = explainProblem(problem, messages);
  const why = [headline, quote].filter(Boolean).join(' ');
  return wrong('secret', messages.doctor.secret.unread(shown, why));
}

async function examineCloud(config: Config, account: CloudAccount): Promise<Finding[]> {
  const keys = await examineKeys(config, account);
  if (keys?.verdict === 'wrong') return [keys];
  return [
    ...(keys === undefined ? [] : [keys]),
    ...(await examineAccount(config, account)),
    ...(await examineAccess(config, account)),
  ];
}

/** Keys in the settings need no separate check: the calls below prove them. */
async function examineKeys(
  { locale }: Config,
  { credentials }: CloudAccount,
): Promise<Finding | undefined> {
  const words = locales[locale].doctor.keys;
  const current = await credentials.current();
  const { expiresAt, source } = credentials.state();
  if (source === 'keys') return undefined;
  return current.ok
    ? fine('keys', words.valid(words.sources[source], expiresAt?.toISOString()))
    : wrong('keys', words.none(words.sources[source], current.detail, words.advice[source]));
}

async function examineAccount(config: Config, account: CloudAccount): Promise<Finding[]> {
  const { allowedAccountIds, region } = config.tencentCloud;
  if (allowedAccountIds.length === 0) return [];
  const messages = locales[config.locale];
  const problem = await checkAccount(account, region, allowedAccountIds);
  return [
    problem === undefined
      ? fine('account', messages.doctor.account)
      : wrong('account', describeAccount(problem, config.locale)),
  ];
}

async function examineAccess(config: Config, account: CloudAccount): Promise<Finding[]> {
  const messages = locales[config.locale];
  const words = messages.doctor;
  const { region } = config.tencentCloud;
  const abandon = AbortSignal.timeout(cloudTimeoutMs);
  const problem = await checkAccess(account, region, abandon);
  const permission = 'dts:DescribeMigrateJobs';
  const search =
    problem === undefined
      ? fine('search', words.cloud(region))
      : wrong('search', explainInLine(problem, permission, messages));
  // If the key or the address is wrong, no other call can succeed.
  if (problem !== undefined && !isForbiddenProblem(problem)) return [search];
  return [
    search,
    ...(await examineRegions(config, account)),
    ...(await examinePermissions(config, account)),
  ];
}

/** Calls DTS in each other region that the policy names. Finance regions have separate hosts. */
async function examineRegions(config: Config, account: CloudAccount): Promise<Finding[]> {
  const messages = locales[config.locale];
  const named = config.policy.rules.flatMap(({ when }) => when.destinationRegions ?? []);
  const others = [...new Set(named)].filter((each) => each !== config.tencentCloud.region);
  return Promise.all(
    others.map(async (region) => {
      const problem = await checkAccess(account, region, AbortSignal.timeout(cloudTimeoutMs));
      if (problem === undefined || isForbiddenProblem(problem)) {
        return fine('region', messages.doctor.region.right(region));
      }
      const why = explainInLine(problem, 'dts:DescribeMigrateJobs', messages);
      return wrong('region', messages.doctor.region.wrong(region, why));
    }),
  );
}

async function examinePermissions(config: Config, account: CloudAccount): Promise<Finding[]> {
  const messages = locales[config.locale];
  const words = messages.doctor.permissions;
  const isStored = config.secrets.some(({ secret }) => secret.startsWith('ssm:'));
  const uses = [
    'creating',
    'following',
    'results',
    'buttons',
    'lists',
    'cards',
    ...(isStored ? (['secrets'] as const) : []),
  ] as const;
  const { region } = config.tencentCloud;
  const lacking = await checkPermissions(account, region, uses, cloudTimeoutMs);
  if (lacking.length === 0) return [fine('permission', words.all)];
  const unclear = lacking.filter(({ problem }) => !isForbiddenProblem(problem));
  return [
    ...uses.flatMap((use) => {
      const missing = lacking.filter(
        (each) => each.use === use && isForbiddenProblem(each.problem),
      );
      const names = missing.map(({ permission }) => permission);
      return names.length === 0
        ? []
        : [
            (use === 'creating' ? wrong : doubtful)(
              'permission',
              words.missing(names, words.costs[use]),
            ),
          ];
    }),
    ...unclear.map(({ permission, problem }) =>
      doubtful('permission', explainInLine(problem, permission, messages)),
    ),
  ];
}

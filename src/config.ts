import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { mostPeople, type People, readPeople } from './domain/people/people';
import { type Policy, usualRule } from './domain/policy/policy';
import type { PolicyFileWarning } from './domain/policy/policyFileProblem';
import type { Preset } from './domain/policy/preset';
import type { WebProxy } from './domain/proxy';
import { failure, type Result, success } from './domain/result';
import { Secret } from './domain/secrets/secret';
import type { SecretRule } from './domain/secrets/secretPolicy';
import { readSecretValue } from './domain/secrets/secretValue';
import {
  type ConfigProblem,
  type InvalidVariable,
  type Variable,
  type VariableProblem,
  variables,
} from './domain/settings';
import {
  type Environment,
  hasEveryValue,
  type RawEnvironment,
  readEnvironment,
} from './environment';
import type { LocaleName } from './i18n/locales';
import type { LogLevel } from './operations/log';
import { loadPolicyFile } from './policyFile/loadPolicyFile';
import type { PolicyFile } from './policyFile/parsePolicyFile';
import { environmentSecrets } from './secrets/environmentSecrets';
import type { SealKey } from './secrets/vault';
import type { ConnectionSettings } from './slack/createConnection';
import type { AuditKey } from './store/chain';
import type { DatabaseLocation } from './store/database';
import { postgresPassword } from './store/postgresUrl';
import type { BaseSettings, CredentialSettings } from './tencentcloud/credentials/settings';
import type { Endpoint } from './tencentcloud/endpoint';

export interface Config {
  slack: {
    apiUrl: string;
    botToken: Secret;
    connection: ConnectionSettings;
    /** The most messages per second in one channel, after a burst. */
    postsPerSecond: number;
  };
  /** The path of the policy file, if there is one. */
  policyFile: string | undefined;
  /** How many open requests one person may have. */
  openRequestsPerPerson: number;
  policy: Policy;
  /** The rules for stored secrets; empty without a policy file. */
  secrets: readonly SecretRule[];
  presets: readonly Preset[];
  /** Probable mistakes in the policy file. */
  warnings: readonly PolicyFileWarning[];
  tencentCloud: {
    credentials: CredentialSettings;
    /** The accounts that Ferry may use; all if it is empty. */
    allowedAccountIds: readonly string[];
    /** Ferry's region, and the form's default for the target's region. */
    region: string;
    endpoint: Endpoint | undefined;
    /** The API's limit for the account. */
    callsPerSecond: number;
    /** How long a call that changes a job may take, including the wait for its turn. In ms. */
    timeoutMs: number;
    /** How long Ferry searches for a job after a call without a response. */
    settleMs: number;
  };
  /** The proxy for Slack and Tencent Cloud, if there is one. */
  proxy: WebProxy | undefined;
  database: DatabaseLocation;
  /** How many days requests are kept after they ended; forever if it is undefined. */
  retentionDays: number | undefined;
  /**
   * The first key seals typed passwords, and each key can open them. Without keys, nobody can type
   * a password.
   */
  sealKeys: readonly SealKey[];
  /** The keys that protect the audit log, each from a position on. */
  auditKeys: readonly AuditKey[];
  /** Secrets in environment variables that requests may use, by name. */
  environmentSecrets: ReadonlyMap<string, Secret>;
  /** The address to listen on; all addresses of the machine if it is undefined. */
  host: string | undefined;
  port: number;
  /** How long a stop waits for work in progress. */
  shutdownSeconds: number;
  locale: LocaleName;
  logLevel: LogLevel;
}

const invalid = (variable: Variable, problem: VariableProblem): InvalidVariable => ({
  variable,
  problem,
});

/**
 * Settings that depend on several variables, or why there are none. A variable that is invalid is not
 * among the problems, because `readEnvironment` reports it.
 */
type Read<Value> = Result<Value, readonly ConfigProblem[]>;

const missing = ({ given }: Environment, needed: readonly Variable[]) =>
  failure(needed.filter((name) => !given.has(name)).map((name) => invalid(name, 'missing')));

const connectionOf = ({ given, values }: Environment): Read<ConnectionSettings> => {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  if (appToken !== undefined) return success({ mode: 'socket', appToken });
  if (signingSecret !== undefined) return success({ mode: 'http', signingSecret });
  const isGiven = given.has('SLACK_APP_TOKEN') || given.has('SLACK_SIGNING_SECRET');
  return failure(isGiven ? [] : [invalid('SLACK_APP_TOKEN', 'no_connection')]);
};

/** The files that the SDK reads, in its order. */
const profiles = (home: string): readonly string[] => [
  join(home, '.tencentcloud', 'credentials'),
  '/etc/tencentcloud/credentials',
];

/** Where the keys come from: the first source that the environment names. */
function credentialsOf(environment: Environment, home: string): Read<CredentialSettings> {
  const { given, values } = environment;
  if (tkeVariables.some((name) => given.has(name))) return tkeCredentials(environment);
  if (given.has('TENCENTCLOUD_CVM_ROLE')) {
    const { TENCENTCLOUD_CVM_ROLE: role, TENCENTCLOUD_METADATA_URL: metadataUrl } = values;
    if (role === undefined || metadataUrl === undefined) return failure([]);
    return success({ kind: 'cvm', role: role === 'auto' ? undefined : role, metadataUrl });
  }
  const base = baseOf(environment, home);
  if (!base.ok || !given.has('TENCENTCLOUD_ASSUME_ROLE_ARN')) return base;
  const { TENCENTCLOUD_ASSUME_ROLE_ARN: roleArn } = values;
  return roleArn === undefined ? failure([]) : success({ kind: 'role', roleArn, base: base.value });
}

const tkeVariables = ['TKE_ROLE_ARN', 'TKE_PROVIDER_ID', 'TKE_WEB_IDENTITY_TOKEN_FILE'] as const;

function tkeCredentials(environment: Environment): Read<CredentialSettings> {
  const { values } = environment;
  const { TKE_ROLE_ARN: roleArn, TKE_PROVIDER_ID: providerId } = values;
  const { TKE_WEB_IDENTITY_TOKEN_FILE: tokenFile } = values;
  const region = values.TKE_REGION ?? values.TENCENTCLOUD_REGION;
  if (roleArn === undefined || providerId === undefined || tokenFile === undefined) {
    return missing(environment, tkeVariables);
  }
  if (region === undefined) return failure([]);
  return success({ kind: 'tke', roleArn, providerId, tokenFile, region });
}

function baseOf(environment: Environment, home: string): Read<BaseSettings> {
  const { given, values } = environment;
  const needed = ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'] as const;
  if (!needed.some((name) => given.has(name))) {
    const file = profiles(home).find((each) => existsSync(each));
    if (file !== undefined) return success({ kind: 'profile', file });
  }
  const { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey } = values;
  return secretId === undefined || secretKey === undefined
    ? missing(environment, needed)
    : success({ kind: 'keys', secretId, secretKey, token: values.TENCENTCLOUD_TOKEN });
}

/** The rules from the variables that a policy file replaces. */
function rulesOf(environment: Environment): Read<PolicyFile> {
  const { APPROVAL_CHANNEL: channel, APPROVERS: listed } = environment.values;
  const { REQUIRED_APPROVALS: required } = environment.values;
  if (channel === undefined || listed === undefined) {
    return missing(environment, ['APPROVAL_CHANNEL', 'APPROVERS']);
  }
  if (required === undefined) return failure([]);
  const approvers = listed.flatMap((each): People[] => {
    const people = readPeople(each, channel);
    return people === undefined ? [] : [people];
  });
  const policy: Policy = { rules: [], otherwise: usualRule({ channel, approvers, required }) };
  return mostPeople(approvers) < required
    ? failure([invalid('APPROVERS', 'too_few_approvers')])
    : success({ policy, secrets: [], presets: [], warnings: [] });
}

/** The rules of the policy file. Variables that it replaces must be unset. */
function rulesOfFile(file: string, { given }: Environment): Read<PolicyFile> {
  const problems = (['APPROVAL_CHANNEL', 'APPROVERS', 'REQUIRED_APPROVALS'] as const)
    .filter((name) => given.has(name))
    .map((name): ConfigProblem => invalid(name, 'replaced_by_policy_file'));
  const loaded = loadPolicyFile(file);
  if (!loaded.ok) return failure([...problems, loaded.problem]);
  return problems.length > 0 ? failure(problems) : success(loaded.policyFile);
}

/** Without `SEAL_KEYS`, stored secrets are the only way to provide a password. */
export const problemsWithoutSealKeys = ({ secrets }: PolicyFile): readonly ConfigProblem[] =>
  secrets.length === 0 ? [invalid('SEAL_KEYS', 'no_secrets')] : [];

function problemsOfSealKeys(
  { given }: Environment,
  rules: Read<PolicyFile>,
): readonly ConfigProblem[] {
  if (given.has('SEAL_KEYS')) return [];
  if (!given.has('POLICY_FILE')) return [invalid('SEAL_KEYS', 'missing')];
  return rules.ok ? problemsWithoutSealKeys(rules.value) : [];
}

/** All secrets in the process's environment, to keep them out of its output. */
export function secretsIn(config: Config): Secret[] {
  const { connection, botToken } = config.slack;
  const { credentials } = config.tencentCloud;
  const base = credentials.kind === 'role' ? credentials.base : credentials;
  const keys = base.kind === 'keys' ? [base.secretKey, base.token] : [];
  return [
    botToken,
    connection.mode === 'socket' ? connection.appToken : connection.signingSecret,
    ...keys.flatMap((key) => key ?? []),
    ...config.auditKeys.map(({ key }) => key),
    ...config.sealKeys.map(({ key }) => new Secret(Buffer.from(key).toString('base64'))),
    ...databasePassword(config.database),
    ...proxyPassword(config.proxy),
    ...Array.from(config.environmentSecrets.values(), passwordIn),
  ];
}

function proxyPassword(proxy: WebProxy | undefined): Secret[] {
  const { password } = proxy === undefined ? { password: '' } : new URL(proxy.url.reveal());
  return password === '' ? [] : [new Secret(decodeURIComponent(password))];
}

/** Only the password, because admins need the rest of the URL in messages. */
function databasePassword(database: DatabaseLocation): Secret[] {
  if (database.kind === 'sqlite') return [];
  const password = postgresPassword(database.url.reveal()) ?? '';
  return password === '' ? [] : [new Secret(password)];
}

/** A stored secret may be JSON with an account. Its keys and names are no secret. */
function passwordIn(secret: Secret): Secret {
  const read = readSecretValue(secret.reveal());
  return read.ok ? new Secret(read.password) : secret;
}

/** Reads the environment into one frozen value, or lists all problems. */
export function readConfig(raw: RawEnvironment): Read<Config> {
  const environment = readEnvironment(raw);
  const { values } = environment;
  const { POLICY_FILE: file } = values;
  const connection = connectionOf(environment);
  const rules = file === undefined ? rulesOf(environment) : rulesOfFile(file, environment);
  const credentials = credentialsOf(environment, raw['HOME'] ?? homedir());
  const problems = [
    ...environment.problems,
    ...[connection, rules, credentials].flatMap((read) => (read.ok ? [] : read.problem)),
    ...problemsOfSealKeys(environment, rules),
  ];
  const isFine = problems.length === 0 && hasEveryValue(values);
  if (!isFine || !connection.ok || !rules.ok || !credentials.ok) {
    const order = (problem: ConfigProblem): number => variables.indexOf(problem.variable);
    return failure(problems.toSorted((a, b) => order(a) - order(b)));
  }
  const config: Config = {
    slack: {
      apiUrl: values.SLACK_API_URL,
      botToken: values.SLACK_BOT_TOKEN,
      connection: connection.value,
      postsPerSecond: values.SLACK_POSTS_PER_SECOND,
    },
    policyFile: values.POLICY_FILE,
    openRequestsPerPerson: values.OPEN_REQUESTS_PER_PERSON,
    ...rules.value,
    tencentCloud: {
      credentials: credentials.value,
      allowedAccountIds: values.ALLOWED_ACCOUNT_IDS ?? [],
      region: values.TENCENTCLOUD_REGION,
      endpoint: values.TENCENTCLOUD_ENDPOINT,
      callsPerSecond: values.DTS_CALLS_PER_SECOND,
      timeoutMs: values.DTS_TIMEOUT_SECONDS * 1_000,
      settleMs: values.DTS_SETTLE_SECONDS * 1_000,
    },
    proxy:
      values.HTTPS_PROXY === undefined
        ? undefined
        : { url: values.HTTPS_PROXY, except: values.NO_PROXY ?? '' },
    database: values.DATABASE_URL,
    retentionDays: values.RETENTION_DAYS,
    sealKeys: values.SEAL_KEYS ?? [],
    auditKeys: values.AUDIT_KEY ?? [],
    environmentSecrets: environmentSecrets(raw),
    // In Socket Mode, only the admin needs the port; in HTTP mode, Slack or a proxy does.
    host: values.HOST ?? (connection.value.mode === 'socket' ? '127.0.0.1' : undefined),
    port: values.PORT,
    shutdownSeconds: values.SHUTDOWN_SECONDS,
    locale: values.DEFAULT_LOCALE,
    logLevel: values.LOG_LEVEL,
  };
  return success(deepFreeze(config));
}

/** The settings that commands on the database need. */
interface DatabaseConfig {
  database: DatabaseLocation;
  locale: LocaleName;
  auditKeys: readonly AuditKey[];
  retentionDays: number | undefined;
}

/** Reads these settings, even if others are invalid. */
export function readDatabaseConfig(
  raw: RawEnvironment,
): Result<DatabaseConfig, readonly InvalidVariable[]> {
  const { values, problems } = readEnvironment(raw);
  const needed: readonly Variable[] = [
    'DATABASE_URL',
    'RETENTION_DAYS',
    'AUDIT_KEY',
    'DEFAULT_LOCALE',
  ];
  const found = problems.filter(({ variable }) => needed.includes(variable));
  const { AUDIT_KEY: auditKeys = [], DATABASE_URL: database, DEFAULT_LOCALE: locale } = values;
  const { RETENTION_DAYS: retentionDays } = values;
  return found.length > 0 || database === undefined || locale === undefined
    ? failure(found)
    : success({ database, locale, auditKeys, retentionDays });
}

function deepFreeze<Value>(value: Value): Value {
  // Typed arrays (the seal keys) can't be frozen.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

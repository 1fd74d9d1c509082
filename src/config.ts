import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { region } from './domain/migration/checks';
import { isLoopback } from './domain/migration/host';
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
  type Variable,
  type VariableProblem,
  variables,
} from './domain/settings';
import { type LocaleName, localeNames } from './i18n/locales';
import { type LogLevel, logLevels } from './operations/log';
import { loadPolicyFile } from './policyFile/loadPolicyFile';
import type { PolicyFile } from './policyFile/parsePolicyFile';
import { environmentSecrets } from './secrets/environmentSecrets';
import type { SealKey } from './secrets/vault';
import type { ConnectionSettings } from './slack/createConnection';
import type { AuditKey } from './store/chain';
import type { DatabaseLocation } from './store/database';
import { postgresTransport } from './store/postgresTransport';
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
    /** How long Ferry waits for the response of CreateMigrateJob. */
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

export type ConfigResult =
  | { ok: true; config: Config }
  | { ok: false; problems: readonly ConfigProblem[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one variable's text, which is never blank, and lists the values that it accepts. */
interface Read<Value> {
  (text: string): Result<Value, VariableProblem>;
  readonly accepts?: Accepts;
}

/** The values that a variable accepts, if they can be listed. */
type Accepts = { from: number; to: number } | { oneOf: readonly string[] };

interface VariableFacts {
  /** What an unset variable means. */
  fallback: string | undefined;
  accepts: Accepts | undefined;
  /** True if Ferry never starts without the variable. */
  isRequired: boolean;
}
const facts = z.registry<VariableFacts>();

/** A variable. A blank one is treated as unset; an unset one takes `fallback`, or is missing. */
function variable<Value>(read: Read<Value>, fallback?: string) {
  return optional(read, fallback)
    .transform((value, context) => {
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', params: { problem: 'missing' } });
      return z.NEVER;
    })
    .register(facts, { fallback, accepts: read.accepts, isRequired: fallback === undefined });
}

function optional<Value>(read: Read<Value>, fallback?: string) {
  return z
    .string()
    .optional()
    .transform((raw, context): Value | undefined => {
      const text = raw?.trim() || fallback;
      if (text === undefined) return undefined;
      const result = read(text);
      if (result.ok) return result.value;
      context.addIssue({ code: 'custom', params: { problem: result.problem } });
      return z.NEVER;
    })
    .register(facts, { fallback, accepts: read.accepts, isRequired: false });
}

const asWritten: Read<string> = success;
const shaped = (pattern: RegExp, problem: VariableProblem): Read<string> => {
  return (text) => (pattern.test(text) ? success(text) : failure(problem));
};
const secret = (pattern: RegExp, problem: VariableProblem): Read<Secret> => {
  return (text) => (pattern.test(text) ? success(new Secret(text)) : failure(problem));
};
const oneOf = <Value extends string>(
  values: readonly Value[],
  problem: VariableProblem,
): Read<Value> => {
  const read = (text: string) => {
    const value = values.find((known) => known === text);
    return value === undefined ? failure(problem) : success(value);
  };
  return Object.assign(read, { accepts: { oneOf: values } });
};
const whole = (from: number, to: number, problem: VariableProblem): Read<number> => {
  const read = (text: string) =>
    /^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to
      ? success(Number(text))
      : failure(problem);
  return Object.assign(read, { accepts: { from, to } });
};

/** Credentials and passwords travel over TLS. Plain HTTP never leaves the machine. */
function readUrl(text: string, shape: VariableProblem): Result<URL, VariableProblem> {
  if (!URL.canParse(text)) return failure(shape);
  const url = new URL(text);
  // The URL is logged and shown. Its other parts could contain a secret and are never used.
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
    return failure('url_extras');
  }
  if (url.protocol === 'https:') return success(url);
  if (url.protocol !== 'http:') return failure(shape);
  return isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1'))
    ? success(url)
    : failure('plain_http');
}

const readApiUrl: Read<string> = (text) => {
  const url = readUrl(text, 'url_shape');
  return url.ok ? success(url.value.href.replace(/\/*$/, '/')) : url;
};

const readEndpoint: Read<Endpoint> = (text) => {
  const read = readUrl(/^\w+:\/\//.test(text) ? text : `https://${text}`, 'endpoint_shape');
  if (!read.ok) return read;
  const { host, pathname, protocol } = read.value;
  if (pathname !== '/') return failure('endpoint_shape');
  return success({ protocol: protocol === 'http:' ? 'http:' : 'https:', host });
};

const roleArn = /^qcs::cam::uin\/\d+:(roleName|role)\/[\w+=,.@/-]{1,256}$/;

const readRegion: Read<string> = (text) => {
  const problem = region(text);
  if (problem === undefined) return success(text);
  return failure(problem.code === 'zone_for_region' ? 'region_is_zone' : 'region_shape');
};

/** The metadata service of a CVM has no TLS. Its packets never leave the host of the CVM. */
const readMetadataUrl: Read<string> = (text) => {
  if (!URL.canParse(text)) return failure('metadata_shape');
  const { href, pathname, protocol, username } = new URL(text);
  const isPlain = protocol === 'http:' && pathname === '/' && username === '';
  return isPlain && !/[?#]/.test(text) ? success(href) : failure('metadata_shape');
};

const readAccountIds: Read<readonly string[]> = (text) => {
  const ids = text.split(',').map((part) => part.trim());
  return ids.every((id) => /^\d{5,20}$/.test(id)) ? success(ids) : failure('account_ids_shape');
};

const readProxy: Read<Secret> = (text) => {
  if (!URL.canParse(text)) return failure('proxy_shape');
  if (hasRawPassword(text)) return failure('url_password');
  const { pathname, protocol } = new URL(text);
  const isProxy = /^https?:$/.test(protocol) && pathname === '/' && !/[?#]/.test(text);
  return isProxy ? success(new Secret(text)) : failure('proxy_shape');
};

/** An IP address, because a name can mean several. IPv6 may be in brackets, as in a URL. */
const readHost: Read<string> = (text) => {
  const address = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) === 0 || (address !== text && isIP(address) !== 6)) {
    return failure('host_shape');
  }
  return success(address);
};

const readApprovers: Read<string[]> = (text) => {
  const approvers = text.split(',').map((part) => part.trim());
  const isKnown = (each: string) => /^(channel|[UWS][A-Z0-9]{2,})$/.test(each);
  return approvers.every(isKnown) ? success(approvers) : failure('approvers_shape');
};

/**
 * True if the username or password of a URL contains a character that must be percent-encoded. A
 * parser would then find the wrong host.
 */
function hasRawPassword(url: string): boolean {
  const [, authority = '', rest = ''] = /^\w+:\/\/([^/?#]*)(.*)$/s.exec(url) ?? [];
  const [, user = ''] = /^(.*)@/s.exec(authority) ?? [];
  const [path = '', query = ''] = rest.split(/\?(.*)/s);
  return (
    user.includes('@') ||
    !isEncoded(user) ||
    path.includes('@') ||
    (query.includes('@') && !/^\w+=/.test(query)) ||
    (query.includes('@') && user === '') ||
    /#.*@/s.test(query)
  );
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const readDatabase: Read<DatabaseLocation> = (text) => {
  if (/^postgres(ql)?:\/\//.test(text)) {
    if (hasRawPassword(text)) return failure('url_password');
    if (text.includes('#')) return failure('database_extras');
    const transport = postgresTransport(text);
    if (transport === undefined) return failure('database_shape');
    return transport === 'plain'
      ? failure('database_plain')
      : success({ kind: 'postgres', url: new Secret(text) });
  }
  // After two slashes, a URL has a host. In memory, requests would end with the process.
  const path = /^sqlite:(?!\/\/(?!\/)|:memory:$)(.+)$/.exec(text)?.[1];
  if (path === undefined) return failure('database_shape');
  return /[?#]/.test(path) ? failure('database_extras') : success({ kind: 'sqlite', path });
};

const readSealKeys: Read<Config['sealKeys']> = (text) => {
  const keys: SealKey[] = [];
  for (const part of text.split(',')) {
    const [, id, encoded] = /^\s*([\w-]{1,40}):([A-Za-z0-9+/]{43}=?)\s*$/.exec(part) ?? [];
    if (id === undefined || encoded === undefined) return failure('seal_keys_shape');
    keys.push({ id, key: new Uint8Array(Buffer.from(encoded, 'base64')) });
  }
  if (new Set(keys.map(({ id }) => id)).size < keys.length) return failure('seal_keys_twice');
  return success(keys);
};

/** A key without a position protects the whole audit log. */
const readAuditKeys: Read<readonly AuditKey[]> = (text) => {
  const keys: AuditKey[] = [];
  for (const part of text.split(',')) {
    const [, from = '1', key] =
      /^\s*(?:([1-9]\d{0,8}):)?([A-Za-z0-9+/]{43}=?)\s*$/.exec(part) ?? [];
    if (key === undefined) return failure('audit_key_shape');
    if (Number(from) <= (keys.at(-1)?.from ?? 0)) return failure('audit_key_order');
    keys.push({ from: Number(from), key: new Secret(key) });
  }
  return success(keys);
};

const environment = z.object({
  SLACK_BOT_TOKEN: variable(secret(/^xoxb-[\w.-]+$/, 'bot_token_shape')),
  SLACK_APP_TOKEN: optional(secret(/^xapp-[\w.-]+$/, 'app_token_shape')),
  SLACK_SIGNING_SECRET: optional(secret(/^[\w-]{8,}$/, 'signing_secret_shape')),
  SLACK_API_URL: variable(readApiUrl, 'https://slack.com/api/'),
  SLACK_POSTS_PER_SECOND: variable(whole(1, 1_000, 'posts_shape'), '1'),
  POLICY_FILE: optional(asWritten),
  APPROVAL_CHANNEL: optional(shaped(/^[CG][A-Z0-9]{2,}$/, 'channel_shape')),
  APPROVERS: optional(readApprovers),
  REQUIRED_APPROVALS: variable(whole(1, 20, 'approvals_shape'), '1'),
  OPEN_REQUESTS_PER_PERSON: variable(whole(1, 10_000, 'open_requests_shape'), '20'),
  TKE_ROLE_ARN: optional(shaped(roleArn, 'role_arn_shape')),
  TKE_PROVIDER_ID: optional(asWritten),
  TKE_WEB_IDENTITY_TOKEN_FILE: optional(asWritten),
  TKE_REGION: optional(readRegion),
  TENCENTCLOUD_CVM_ROLE: optional(shaped(/^[\w+=,.@-]{1,128}$/, 'cvm_role_shape')),
  TENCENTCLOUD_ASSUME_ROLE_ARN: optional(shaped(roleArn, 'role_arn_shape')),
  // Headers allow no other characters, and Tencent Cloud's keys contain none.
  TENCENTCLOUD_SECRET_ID: optional(shaped(/^[\w-]{1,128}$/, 'secret_id_shape')),
  TENCENTCLOUD_SECRET_KEY: optional(secret(/^[\w+/=-]+$/, 'secret_key_shape')),
  TENCENTCLOUD_TOKEN: optional(secret(/^[\w+/=.~-]+$/, 'cloud_token_shape')),
  TENCENTCLOUD_METADATA_URL: variable(readMetadataUrl, 'http://metadata.tencentyun.com/'),
  ALLOWED_ACCOUNT_IDS: optional(readAccountIds),
  TENCENTCLOUD_REGION: variable(readRegion),
  TENCENTCLOUD_ENDPOINT: optional(readEndpoint),
  DTS_CALLS_PER_SECOND: variable(whole(1, 1_000, 'calls_shape'), '20'),
  DTS_TIMEOUT_SECONDS: variable(whole(1, 600, 'timeout_shape'), '45'),
  DTS_SETTLE_SECONDS: variable(whole(1, 86_400, 'settle_shape'), '120'),
  DATABASE_URL: variable(readDatabase, 'sqlite:data/ferry.db'),
  RETENTION_DAYS: optional(whole(1, 36_500, 'retention_shape')),
  SEAL_KEYS: optional(readSealKeys),
  AUDIT_KEY: optional(readAuditKeys),
  HTTPS_PROXY: optional(readProxy),
  NO_PROXY: optional(asWritten),
  HOST: optional(readHost),
  PORT: variable(whole(0, 65_535, 'port_shape'), '3000'),
  SHUTDOWN_SECONDS: variable(whole(1, 600, 'shutdown_shape'), '10'),
  DEFAULT_LOCALE: variable(oneOf(localeNames, 'locale_unknown'), 'en'),
  LOG_LEVEL: variable(oneOf(logLevels, 'log_level_unknown'), 'info'),
} satisfies Record<Variable, z.ZodType>);

const connectionOf = (env: z.infer<typeof environment>): ConnectionSettings | undefined => {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (appToken !== undefined) return { mode: 'socket', appToken };
  return signingSecret === undefined ? undefined : { mode: 'http', signingSecret };
};

/** Other names of variables: the SDK's, and those of most programs. */
const aliases = [
  ['TENCENTCLOUD_TOKEN', 'TENCENTCLOUD_SESSION_TOKEN'],
  ['HTTPS_PROXY', 'https_proxy'],
  ['NO_PROXY', 'no_proxy'],
] as const satisfies readonly (readonly [Variable, string])[];

/** What the documentation says about a variable. */
export function aboutVariable(name: Variable): VariableFacts & { aliases: readonly string[] } {
  const known = facts.get(environment.shape[name]);
  if (known === undefined) throw new Error(`no facts about ${name}`);
  return { ...known, aliases: aliases.flatMap(([each, alias]) => (each === name ? [alias] : [])) };
}

/** The files that the SDK reads, in its order. */
const profiles = (home: string): readonly string[] => [
  join(home, '.tencentcloud', 'credentials'),
  '/etc/tencentcloud/credentials',
];

type Sources =
  | { ok: true; credentials: CredentialSettings }
  | { ok: false; problems: readonly ConfigProblem[] };

/** Where the keys come from: the first source that the environment names. */
function credentialsOf(raw: Environment, env: z.infer<typeof environment> | undefined): Sources {
  const tke = ['TKE_ROLE_ARN', 'TKE_PROVIDER_ID', 'TKE_WEB_IDENTITY_TOKEN_FILE'] as const;
  if (tke.some((name) => !isBlank(raw, name))) {
    const missing = tke.filter((name) => isBlank(raw, name));
    if (missing.length > 0 || env === undefined) return withoutSource(missing);
    const { TKE_ROLE_ARN, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_REGION } = env;
    return {
      ok: true,
      credentials: {
        kind: 'tke',
        roleArn: TKE_ROLE_ARN ?? '',
        providerId: TKE_PROVIDER_ID ?? '',
        tokenFile: TKE_WEB_IDENTITY_TOKEN_FILE ?? '',
        region: TKE_REGION ?? env.TENCENTCLOUD_REGION,
      },
    };
  }
  if (!isBlank(raw, 'TENCENTCLOUD_CVM_ROLE')) {
    if (env === undefined) return withoutSource([]);
    const { TENCENTCLOUD_CVM_ROLE: role, TENCENTCLOUD_METADATA_URL: metadataUrl } = env;
    const named = role === 'auto' ? undefined : role;
    return { ok: true, credentials: { kind: 'cvm', role: named, metadataUrl } };
  }
  const base = baseOf(raw, env);
  if (!base.ok || isBlank(raw, 'TENCENTCLOUD_ASSUME_ROLE_ARN')) return base;
  const arn = env?.TENCENTCLOUD_ASSUME_ROLE_ARN ?? '';
  return { ok: true, credentials: { kind: 'role', roleArn: arn, base: base.credentials } };
}

function baseOf(
  raw: Environment,
  env: z.infer<typeof environment> | undefined,
): { ok: true; credentials: BaseSettings } | Extract<Sources, { ok: false }> {
  const names = ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'] as const;
  const missing = names.filter((name) => isBlank(raw, name));
  if (missing.length === names.length) {
    const file = profiles(raw['HOME'] ?? homedir()).find((each) => existsSync(each));
    if (file !== undefined) return { ok: true, credentials: { kind: 'profile', file } };
  }
  const { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey } = env ?? {};
  if (secretId === undefined || secretKey === undefined) return withoutSource(missing);
  return {
    ok: true,
    credentials: { kind: 'keys', secretId, secretKey, token: env?.TENCENTCLOUD_TOKEN },
  };
}

const withoutSource = (missing: readonly Variable[]): Extract<Sources, { ok: false }> => ({
  ok: false,
  problems: missing.map((variable) => ({ variable, problem: 'missing' })),
});

const isBlank = (raw: Environment, name: Variable): boolean => (raw[name] ?? '').trim() === '';

/** The approval rules, if the environment defines them without mistakes. */
type Rules = { ok: true; rules: PolicyFile } | { ok: false; problems: readonly ConfigProblem[] };

const failed = (problems: readonly ConfigProblem[]): Rules => ({ ok: false, problems });

/** The rules from the variables that a policy file replaces. */
function rulesOf(raw: Environment, env: z.infer<typeof environment> | undefined): Rules {
  const missing = (['APPROVAL_CHANNEL', 'APPROVERS'] as const).filter((name) => isBlank(raw, name));
  const { APPROVAL_CHANNEL: channel, APPROVERS: listed } = env ?? {};
  if (missing.length > 0 || channel === undefined || listed === undefined) {
    return failed(missing.map((variable) => ({ variable, problem: 'missing' })));
  }
  const approvers = listed.flatMap((each): People[] => {
    const people = readPeople(each, channel);
    return people === undefined ? [] : [people];
  });
  const required = env?.REQUIRED_APPROVALS ?? 1;
  const policy: Policy = { rules: [], otherwise: usualRule({ channel, approvers, required }) };
  return mostPeople(approvers) < required
    ? failed([{ variable: 'APPROVERS', problem: 'too_few_approvers' }])
    : { ok: true, rules: { policy, secrets: [], presets: [], warnings: [] } };
}

/** The rules of the policy file. Variables that it replaces must be unset. */
function rulesOfFile(raw: Environment): Rules {
  const problems = (['APPROVAL_CHANNEL', 'APPROVERS', 'REQUIRED_APPROVALS'] as const)
    .filter((name) => !isBlank(raw, name))
    .map((variable): ConfigProblem => ({ variable, problem: 'beside_policy_file' }));
  const loaded = loadPolicyFile((raw['POLICY_FILE'] ?? '').trim());
  if (!loaded.ok) return failed([...problems, loaded.problem]);
  return problems.length > 0 ? failed(problems) : { ok: true, rules: loaded.policyFile };
}

/** Without `SEAL_KEYS`, stored secrets are the only way to provide a password. */
export const problemsWithoutSealKeys = ({ secrets }: PolicyFile): readonly ConfigProblem[] =>
  secrets.length === 0 ? [{ variable: 'SEAL_KEYS', problem: 'no_secrets' }] : [];

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
  const address = database.url.reveal();
  const password = URL.canParse(address) ? new URL(address).password : '';
  return password === '' ? [] : [new Secret(decodeURIComponent(password))];
}

/** A stored secret may be JSON with an account. Its keys and names are no secret. */
function passwordIn(secret: Secret): Secret {
  const read = readSecretValue(secret.reveal());
  return read.ok ? new Secret(read.password) : secret;
}

/** Reads the environment into one frozen value, or lists all invalid variables. */
export function readConfig(given: Environment): ConfigResult {
  const raw = { ...given };
  for (const [name, alias] of aliases) if (isBlank(given, name)) raw[name] = given[alias];
  const parsed = environment.safeParse(raw);
  const problems: ConfigProblem[] = parsed.success ? [] : problemsOf(parsed.error);
  if (isBlank(raw, 'SLACK_APP_TOKEN') && isBlank(raw, 'SLACK_SIGNING_SECRET')) {
    problems.push({ variable: 'SLACK_APP_TOKEN', problem: 'no_connection' });
  }
  const env = parsed.data;
  const connection = env && connectionOf(env);
  const read = isBlank(raw, 'POLICY_FILE') ? rulesOf(raw, env) : rulesOfFile(raw);
  if (!read.ok) problems.push(...read.problems);
  const sources = credentialsOf(raw, env);
  if (!sources.ok) problems.push(...sources.problems);
  if (isBlank(raw, 'SEAL_KEYS')) {
    if (isBlank(raw, 'POLICY_FILE')) problems.push({ variable: 'SEAL_KEYS', problem: 'missing' });
    else if (read.ok) problems.push(...problemsWithoutSealKeys(read.rules));
  }
  if (!env || !connection || !read.ok || !sources.ok || problems.length > 0) {
    const order = (problem: ConfigProblem): number => variables.indexOf(problem.variable);
    return { ok: false, problems: problems.toSorted((a, b) => order(a) - order(b)) };
  }
  const config: Config = {
    slack: {
      apiUrl: env.SLACK_API_URL,
      botToken: env.SLACK_BOT_TOKEN,
      connection,
      postsPerSecond: env.SLACK_POSTS_PER_SECOND,
    },
    policyFile: env.POLICY_FILE,
    openRequestsPerPerson: env.OPEN_REQUESTS_PER_PERSON,
    ...read.rules,
    tencentCloud: {
      credentials: sources.credentials,
      allowedAccountIds: env.ALLOWED_ACCOUNT_IDS ?? [],
      region: env.TENCENTCLOUD_REGION,
      endpoint: env.TENCENTCLOUD_ENDPOINT,
      callsPerSecond: env.DTS_CALLS_PER_SECOND,
      timeoutMs: env.DTS_TIMEOUT_SECONDS * 1_000,
      settleMs: env.DTS_SETTLE_SECONDS * 1_000,
    },
    proxy:
      env.HTTPS_PROXY === undefined
        ? undefined
        : { url: env.HTTPS_PROXY, except: env.NO_PROXY ?? '' },
    database: env.DATABASE_URL,
    retentionDays: env.RETENTION_DAYS,
    sealKeys: env.SEAL_KEYS ?? [],
    auditKeys: env.AUDIT_KEY ?? [],
    environmentSecrets: environmentSecrets(raw),
    // In Socket Mode, only the admin needs the port; in HTTP mode, Slack or a proxy does.
    host: env.HOST ?? (connection.mode === 'socket' ? '127.0.0.1' : undefined),
    port: env.PORT,
    shutdownSeconds: env.SHUTDOWN_SECONDS,
    locale: env.DEFAULT_LOCALE,
    logLevel: env.LOG_LEVEL,
  };
  return { ok: true, config: deepFreeze(config) };
}

export type AuditConfigResult =
  | {
      ok: true;
      database: DatabaseLocation;
      locale: LocaleName;
      auditKeys: readonly AuditKey[];
    }
  | { ok: false; problems: readonly Extract<ConfigProblem, { problem: VariableProblem }>[] };

/** The settings that the audit command needs. */
export function readAuditConfig(raw: Environment): AuditConfigResult {
  const needed = environment.pick({ DATABASE_URL: true, AUDIT_KEY: true, DEFAULT_LOCALE: true });
  const { data, error } = needed.safeParse(raw);
  return data === undefined
    ? { ok: false, problems: problemsOf(error) }
    : {
        ok: true,
        database: data.DATABASE_URL,
        locale: data.DEFAULT_LOCALE,
        auditKeys: data.AUDIT_KEY ?? [],
      };
}

const problemSchema = z.custom<VariableProblem>((value) => typeof value === 'string');

function problemsOf(error: z.ZodError): Extract<ConfigProblem, { problem: VariableProblem }>[] {
  return error.issues.flatMap((issue) => {
    const name = variables.find((candidate) => candidate === issue.path[0]);
    const problem = problemSchema.safeParse(issue.code === 'custom' && issue.params?.['problem']);
    return name === undefined || !problem.success
      ? []
      : [{ variable: name, problem: problem.data }];
  });
}

function deepFreeze<Value>(value: Value): Value {
  // Typed arrays (the seal keys) can't be frozen.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

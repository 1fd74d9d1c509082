import { isIP } from 'node:net';
import { region } from './domain/migration/checks';
import { isLoopback } from './domain/migration/host';
import { failure, type Result, success } from './domain/result';
import { Secret } from './domain/secrets/secret';
import {
  type InvalidVariable,
  type Variable,
  type VariableProblem,
  variables,
} from './domain/settings';
import { localeNames } from './i18n/locales';
import { logLevels } from './operations/log';
import type { SealKey } from './secrets/vault';
import type { AuditKey } from './store/chain';
import type { DatabaseLocation } from './store/database';
import { postgresTransport } from './store/postgresUrl';
import type { Endpoint } from './tencentcloud/endpoint';

/** Reads one variable's text, which is never blank, and lists the values that it accepts. */
interface Read<Value> {
  (text: string): Result<Value, VariableProblem>;
  readonly accepts?: Accepts;
}

/** The values that a variable accepts, if they can be listed. */
type Accepts =
  | { kind: 'range'; from: number; to: number }
  | { kind: 'choice'; values: readonly string[] };

/** A variable, as the documentation describes it and as Ferry reads it. */
interface Setting<Value> {
  /** True if Ferry never starts without the variable. */
  isRequired: boolean;
  /** What an unset variable means. */
  fallback: string | undefined;
  accepts: Accepts | undefined;
  /** Another name of the variable: the SDK's, or that of most programs. */
  alias: string | undefined;
  /** The text is `undefined` if the variable is unset. */
  read(text: string | undefined): Result<Value, VariableProblem>;
}

const required = <Value>(read: Read<Value>): Setting<Value> => ({
  isRequired: true,
  fallback: undefined,
  accepts: read.accepts,
  alias: undefined,
  read: (text) => (text === undefined ? failure('missing') : read(text)),
});

const optional = <Value>(read: Read<Value>, alias?: string): Setting<Value | undefined> => ({
  isRequired: false,
  fallback: undefined,
  accepts: read.accepts,
  alias,
  read: (text) => (text === undefined ? success(undefined) : read(text)),
});

const withFallback = <Value>(read: Read<Value>, fallback: string): Setting<Value> => ({
  isRequired: false,
  fallback,
  accepts: read.accepts,
  alias: undefined,
  read: (text = fallback) => read(text),
});

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
  return Object.assign(read, { accepts: { kind: 'choice' as const, values } });
};
const whole = (from: number, to: number, problem: VariableProblem): Read<number> => {
  const read = (text: string) =>
    /^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to
      ? success(Number(text))
      : failure(problem);
  return Object.assign(read, { accepts: { kind: 'range' as const, from, to } });
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

const readSealKeys: Read<readonly SealKey[]> = (text) => {
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

const table = {
  SLACK_BOT_TOKEN: required(secret(/^xoxb-[\w.-]+$/, 'bot_token_shape')),
  SLACK_APP_TOKEN: optional(secret(/^xapp-[\w.-]+$/, 'app_token_shape')),
  SLACK_SIGNING_SECRET: optional(secret(/^[\w-]{8,}$/, 'signing_secret_shape')),
  SLACK_API_URL: withFallback(readApiUrl, 'https://slack.com/api/'),
  SLACK_POSTS_PER_SECOND: withFallback(whole(1, 1_000, 'posts_shape'), '1'),
  POLICY_FILE: optional(asWritten),
  APPROVAL_CHANNEL: optional(shaped(/^[CG][A-Z0-9]{2,}$/, 'channel_shape')),
  APPROVERS: optional(readApprovers),
  REQUIRED_APPROVALS: withFallback(whole(1, 20, 'approvals_shape'), '1'),
  OPEN_REQUESTS_PER_PERSON: withFallback(whole(1, 10_000, 'open_requests_shape'), '20'),
  TKE_ROLE_ARN: optional(shaped(roleArn, 'role_arn_shape')),
  TKE_PROVIDER_ID: optional(asWritten),
  TKE_WEB_IDENTITY_TOKEN_FILE: optional(asWritten),
  TKE_REGION: optional(readRegion),
  TENCENTCLOUD_CVM_ROLE: optional(shaped(/^[\w+=,.@-]{1,128}$/, 'cvm_role_shape')),
  TENCENTCLOUD_ASSUME_ROLE_ARN: optional(shaped(roleArn, 'role_arn_shape')),
  // Headers allow no other characters, and Tencent Cloud's keys contain none.
  TENCENTCLOUD_SECRET_ID: optional(shaped(/^[\w-]{1,128}$/, 'secret_id_shape')),
  TENCENTCLOUD_SECRET_KEY: optional(secret(/^[\w+/=-]+$/, 'secret_key_shape')),
  TENCENTCLOUD_TOKEN: optional(
    secret(/^[\w+/=.~-]+$/, 'cloud_token_shape'),
    'TENCENTCLOUD_SESSION_TOKEN',
  ),
  TENCENTCLOUD_METADATA_URL: withFallback(readMetadataUrl, 'http://metadata.tencentyun.com/'),
  ALLOWED_ACCOUNT_IDS: optional(readAccountIds),
  TENCENTCLOUD_REGION: required(readRegion),
  TENCENTCLOUD_ENDPOINT: optional(readEndpoint),
  DTS_CALLS_PER_SECOND: withFallback(whole(1, 1_000, 'calls_shape'), '20'),
  DTS_TIMEOUT_SECONDS: withFallback(whole(1, 600, 'timeout_shape'), '45'),
  DTS_SETTLE_SECONDS: withFallback(whole(1, 86_400, 'settle_shape'), '120'),
  DATABASE_URL: withFallback(readDatabase, 'sqlite:data/ferry.db'),
  RETENTION_DAYS: optional(whole(1, 36_500, 'retention_shape')),
  SEAL_KEYS: optional(readSealKeys),
  AUDIT_KEY: optional(readAuditKeys),
  HTTPS_PROXY: optional(readProxy, 'https_proxy'),
  NO_PROXY: optional(asWritten, 'no_proxy'),
  HOST: optional(readHost),
  PORT: withFallback(whole(0, 65_535, 'port_shape'), '3000'),
  SHUTDOWN_SECONDS: withFallback(whole(1, 600, 'shutdown_shape'), '10'),
  DEFAULT_LOCALE: withFallback(oneOf(localeNames, 'locale_unknown'), 'en'),
  LOG_LEVEL: withFallback(oneOf(logLevels, 'log_level_unknown'), 'info'),
} satisfies Record<Variable, Setting<unknown>>;

type Table = typeof table;

/** The value of each variable. */
export type Values = {
  [Name in Variable]: Table[Name] extends Setting<infer Value> ? Value : never;
};
const settings: { [Name in Variable]: Setting<Values[Name]> } = table;

/** What the documentation says about a variable. */
export const aboutVariable = (name: Variable): Omit<Setting<unknown>, 'read'> => settings[name];

export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** The variables that Ferry reads. */
export interface Environment {
  /** The variables that are set. */
  given: ReadonlySet<Variable>;
  /** The values of the variables that are valid. */
  values: Readonly<Partial<Values>>;
  problems: readonly InvalidVariable[];
}

/** Reads each variable, whether or not others are valid. A blank one is treated as unset. */
export function readEnvironment(raw: RawEnvironment): Environment {
  const given = new Set<Variable>();
  const values: Partial<Values> = {};
  const problems: InvalidVariable[] = [];
  const readInto = <Name extends Variable>(target: Partial<Values>, variable: Name): void => {
    const { alias = variable, read } = settings[variable];
    const text = raw[variable]?.trim() || raw[alias]?.trim() || undefined;
    if (text !== undefined) given.add(variable);
    const result = read(text);
    if (result.ok) target[variable] = result.value;
    else problems.push({ variable, problem: result.problem });
  };
  for (const variable of variables) readInto(values, variable);
  return { given, values, problems };
}

/** True if no variable is invalid. */
export const hasEveryValue = (values: Readonly<Partial<Values>>): values is Values =>
  variables.every((name) => Object.hasOwn(values, name));

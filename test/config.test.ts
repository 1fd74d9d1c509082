import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { readConfig, readDatabaseConfig, secretsIn } from '../src/config';
import { hideSecrets } from '../src/domain/secrets/secret';
import { type VariableProblem, variables } from '../src/domain/settings';

const good = {
  SLACK_BOT_TOKEN: 'xoxb-canary-bot',
  SLACK_APP_TOKEN: 'xapp-canary-app',
  APPROVAL_CHANNEL: 'C0123',
  APPROVERS: 'U0001, S0002,channel',
  TENCENTCLOUD_SECRET_ID: 'AKIDexample',
  TENCENTCLOUD_SECRET_KEY: 'canary-key',
  TENCENTCLOUD_REGION: 'ap-guangzhou',
  SEAL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
};
type Environment = Record<string, string | undefined>;
const problemsOf = (changes: Environment) => {
  const read = readConfig({ ...good, ...changes });
  return read.ok ? [] : read.problem;
};
const configOf = (changes: Environment = {}) => {
  const read = readConfig({ ...good, ...changes });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
};

it('reads the environment into one frozen value that prints no secret', () => {
  const config = configOf();
  expect(config).toMatchObject({
    slack: { apiUrl: 'https://slack.com/api/', connection: { mode: 'socket' } },
    policy: {
      rules: [],
      otherwise: {
        channel: 'C0123',
        required: 1,
        approvers: [
          { kind: 'user', userId: 'U0001' },
          { kind: 'group', groupId: 'S0002' },
          { kind: 'channel', channelId: 'C0123' },
        ],
      },
    },
    database: { kind: 'sqlite', path: 'data/ferry.db' },
    port: 3000,
    locale: 'en',
    logLevel: 'info',
  });
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.policy.otherwise.approvers)).toBe(true);
  expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('canary');
});

it.each<[string, Environment, string]>([
  ['a database', { DATABASE_URL: 'postgres://u:a%23b%2Fc-d@127.0.0.1/ferry' }, 'a#b/c-d'],
  [
    'a database after the question mark',
    { DATABASE_URL: 'postgres://u@127.0.0.1/ferry?password=a%23b%2Fc-d' },
    'a#b/c-d',
  ],
  ['a proxy', { HTTPS_PROXY: 'http://u:a%23b%2Fc-d@127.0.0.1:3128/' }, 'a#b/c-d'],
  ['a stored secret', { FERRY_SECRET_A: 'a#b/c-d' }, 'a#b/c-d'],
  ['a stored secret in JSON', { FERRY_SECRET_A: '{"username":"u","password":"Ab3!"}' }, 'Ab3!'],
  ['a stored secret that can’t be read', { FERRY_SECRET_A: '{"password":' }, '{"password":'],
])('keeps the password of %s out of output as a program would write it', (_, changes, password) => {
  const added = secretsIn(configOf(changes)).slice(secretsIn(configOf()).length);
  expect(added.map((secret) => secret.reveal())).toEqual([password]);
  // The name of a key is no secret.
  const message = 'password authentication failed for user "ferry"';
  if (password !== changes['FERRY_SECRET_A']) expect(hideSecrets(added, message)).toBe(message);
});

it('keeps the keys that sign the audit log and seal passwords out of output', () => {
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
  const keys = { AUDIT_KEY: key(1), SEAL_KEYS: `new:${key(2)},old:${key(3)}` };
  const secrets = secretsIn(configOf(keys)).map((secret) => secret.reveal());
  expect(secrets).toEqual(expect.arrayContaining([key(1), key(2), key(3)]));
});

it('lists all missing variables at once', () => {
  const read = readConfig({});
  expect(read.ok ? [] : read.problem.map(({ variable }) => variable)).toEqual([
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'APPROVAL_CHANNEL',
    'APPROVERS',
    'TENCENTCLOUD_SECRET_ID',
    'TENCENTCLOUD_SECRET_KEY',
    'TENCENTCLOUD_REGION',
    'SEAL_KEYS',
  ]);
});

it('reads exactly the variables of .env.example, in the same order', () => {
  const example = readFileSync(join(__dirname, '../.env.example'), 'utf8');
  const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named).toEqual(variables);
});

it('uses HTTP mode if there is a signing secret and no app token', () => {
  const changes = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'canary-signing' };
  expect(configOf(changes).slack.connection.mode).toBe('http');
  expect(configOf({ SLACK_SIGNING_SECRET: 'canary-signing' }).slack.connection.mode).toBe('socket');
});

it.each([
  [{}, '127.0.0.1'],
  [{ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'canary-signing' }, undefined],
  [{ HOST: ' ' }, '127.0.0.1'],
  [{ HOST: '0.0.0.0' }, '0.0.0.0'],
  [{ HOST: '::' }, '::'],
  [{ HOST: '[::1]' }, '::1'],
  [{ HOST: '10.0.0.5', SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'canary-signing' }, '10.0.0.5'],
])('with %j, listens on %s', (changes, host) => {
  expect(configOf(changes).host).toBe(host);
});

describe('describes the problem with', () => {
  const cases: readonly [string, string, VariableProblem][] = [
    ['SLACK_BOT_TOKEN', 'xapp-1', 'bot_token_shape'],
    ['SLACK_APP_TOKEN', 'xoxb-1', 'app_token_shape'],
    ['SLACK_API_URL', 'slack.com', 'url_shape'],
    ['SLACK_API_URL', 'http://slack.com/api/', 'plain_http'],
    ['APPROVAL_CHANNEL', '#migrations', 'channel_shape'],
    ['APPROVERS', '@alice', 'approvers_shape'],
    ['APPROVERS', 'U0001,', 'approvers_shape'],
    ['REQUIRED_APPROVALS', '0', 'approvals_shape'],
    ['REQUIRED_APPROVALS', '1.5', 'approvals_shape'],
    ['TENCENTCLOUD_REGION', 'Guangzhou', 'region_shape'],
    ['TENCENTCLOUD_REGION', 'ap-shanghai-2', 'region_is_zone'],
    ['TENCENTCLOUD_ENDPOINT', 'http://dts.tencentcloudapi.com', 'plain_http'],
    ['TENCENTCLOUD_ENDPOINT', 'https://dts.tencentcloudapi.com/path', 'endpoint_shape'],
    ['SLACK_API_URL', 'https://bot:canary@slack.com/api/', 'url_extras'],
    ['SLACK_API_URL', 'https://:canary@slack.com/api/', 'url_extras'],
    ['SLACK_API_URL', 'https://canary@slack.com/api/', 'url_extras'],
    ['SLACK_API_URL', 'https://slack.com/api/?token=canary', 'url_extras'],
    ['SLACK_API_URL', 'https://slack.com/api/?', 'url_extras'],
    ['SLACK_API_URL', 'https://slack.com/api/#canary', 'url_extras'],
    ['SLACK_API_URL', 'http://127.0.0.1:1/api/?canary', 'url_extras'],
    ['TENCENTCLOUD_ENDPOINT', 'https://canary@dts.tencentcloudapi.com', 'url_extras'],
    ['TENCENTCLOUD_ENDPOINT', 'id:canary@dts.tencentcloudapi.com', 'url_extras'],
    ['TENCENTCLOUD_ENDPOINT', 'https://:canary@dts.tencentcloudapi.com', 'url_extras'],
    ['TENCENTCLOUD_ENDPOINT', 'dts.tencentcloudapi.com?canary', 'url_extras'],
    ['TENCENTCLOUD_ENDPOINT', 'https://dts.tencentcloudapi.com/#canary', 'url_extras'],
    ['DATABASE_URL', 'postgres://u:p@127.0.0.1/ferry#canary', 'database_extras'],
    ['HTTPS_PROXY', 'http://u:100%canary@127.0.0.1:3128/', 'url_password'],
    ['HTTPS_PROXY', 'http://u:can@ary@127.0.0.1:3128/', 'url_password'],
    ['DATABASE_URL', 'postgres://u:can#ary@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:can/ary@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:can@ary@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:100%canary@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:canary%@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:c@a#nary@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:c@a/nary@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:c@a?nary@127.0.0.1/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://u:?a=canary@127.0.0.1/ferry', 'url_password'],
    ['TENCENTCLOUD_SECRET_ID', 'AKIDex\u200bample', 'secret_id_shape'],
    ['TENCENTCLOUD_SECRET_ID', 'AKIDexample\u00ad1', 'secret_id_shape'],
    ['TENCENTCLOUD_SECRET_ID', '"AKIDexample"', 'secret_id_shape'],
    ['TENCENTCLOUD_SECRET_ID', 'ＡＫＩＤexample', 'secret_id_shape'],
    ['TENCENTCLOUD_SECRET_ID', 'AKID example', 'secret_id_shape'],
    ['TENCENTCLOUD_SECRET_ID', 'AKIDexample\r\nX: y', 'secret_id_shape'],
    ['TENCENTCLOUD_SECRET_ID', 'SecretId: AKIDexample', 'secret_id_shape'],
    ['TENCENTCLOUD_SECRET_KEY', 'can\u200bary', 'secret_key_shape'],
    ['TENCENTCLOUD_SECRET_KEY', "'canary'", 'secret_key_shape'],
    ['TENCENTCLOUD_SECRET_KEY', 'ｃanary', 'secret_key_shape'],
    ['TENCENTCLOUD_SECRET_KEY', 'canary canary', 'secret_key_shape'],
    ['TENCENTCLOUD_TOKEN', 'can\u2060ary', 'cloud_token_shape'],
    ['ALLOWED_ACCOUNT_IDS', '100012345678;100099999999', 'account_ids_shape'],
    ['ALLOWED_ACCOUNT_IDS', '100012345678,', 'account_ids_shape'],
    ['ALLOWED_ACCOUNT_IDS', 'orders', 'account_ids_shape'],
    ['TENCENTCLOUD_TOKEN', '“canary”', 'cloud_token_shape'],
    ['SLACK_BOT_TOKEN', 'xoxb-can\u200bary', 'bot_token_shape'],
    ['SLACK_APP_TOKEN', 'xapp-canary’', 'app_token_shape'],
    ['SLACK_SIGNING_SECRET', '"canary-signing"', 'signing_secret_shape'],
    ['DATABASE_URL', 'sqlite:data/ferry.db?mode=memory', 'database_extras'],
    ['DATABASE_URL', 'sqlite:data/ferry.db#canary', 'database_extras'],
    ['DATABASE_URL', 'postgres://h:port/ferry', 'database_shape'],
    ['DATABASE_URL', 'postgres://u:can?ary@h/ferry', 'url_password'],
    ['DATABASE_URL', 'postgres://h/f?sslmode=verify-full&sslrootcert=/nowhere', 'database_shape'],
    ['DATABASE_URL', 'data/ferry.db', 'database_shape'],
    ['DATABASE_URL', 'sqlite://data/ferry.db', 'database_shape'],
    ['DATABASE_URL', 'sqlite://', 'database_shape'],
    ['DATABASE_URL', 'sqlite::memory:', 'database_shape'],
    ['DTS_CALLS_PER_SECOND', '0', 'calls_shape'],
    ['RETENTION_DAYS', '0', 'retention_shape'],
    ['RETENTION_DAYS', '36501', 'retention_shape'],
    ['SEAL_KEYS', 'k1:short', 'seal_keys_shape'],
    ['SEAL_KEYS', `${good.SEAL_KEYS},${good.SEAL_KEYS}`, 'seal_keys_twice'],
    ['HOST', 'localhost', 'host_shape'],
    ['HOST', 'ferry.example.com', 'host_shape'],
    ['HOST', '127.0.0.1:3000', 'host_shape'],
    ['HOST', '127.1', 'host_shape'],
    ['HOST', '0x7f.0.0.1', 'host_shape'],
    ['HOST', '256.0.0.1', 'host_shape'],
    ['HOST', '[127.0.0.1]', 'host_shape'],
    ['HOST', '[::1', 'host_shape'],
    ['HOST', '*', 'host_shape'],
    ['PORT', '70000', 'port_shape'],
    ['PORT', '0x50', 'port_shape'],
    ['DEFAULT_LOCALE', 'fr', 'locale_unknown'],
    ['LOG_LEVEL', 'loud', 'log_level_unknown'],
  ];
  it.each(cases)('%s=%s: %s', (variable, value, problem) => {
    expect(problemsOf({ [variable]: value })).toEqual([{ variable, problem }]);
  });

  it('too few approvers for the quorum', () => {
    expect(problemsOf({ APPROVERS: 'U0001', REQUIRED_APPROVALS: '2' })).toEqual([
      { variable: 'APPROVERS', problem: 'too_few_approvers' },
    ]);
    expect(problemsOf({ APPROVERS: 'S0001', REQUIRED_APPROVALS: '2' })).toEqual([]);
  });
});

describe('with an invalid variable', () => {
  it.each<[string, Environment, string[]]>([
    [
      'too few approvers',
      { LOG_LEVEL: 'loud', APPROVERS: 'U0001', REQUIRED_APPROVALS: '2' },
      ['APPROVERS too_few_approvers', 'LOG_LEVEL log_level_unknown'],
    ],
    [
      'no credentials',
      { PORT: 'x', TENCENTCLOUD_SECRET_KEY: '', TENCENTCLOUD_REGION: 'canary!' },
      ['TENCENTCLOUD_SECRET_KEY missing', 'TENCENTCLOUD_REGION region_shape', 'PORT port_shape'],
    ],
    [
      'an incomplete role of TKE, whose other part is invalid',
      { TKE_ROLE_ARN: 'canary', TKE_PROVIDER_ID: 'id' },
      ['TKE_ROLE_ARN role_arn_shape', 'TKE_WEB_IDENTITY_TOKEN_FILE missing'],
    ],
    [
      'nothing that follows from it',
      {
        SLACK_APP_TOKEN: 'canary',
        APPROVAL_CHANNEL: 'canary',
        REQUIRED_APPROVALS: 'canary',
        TENCENTCLOUD_SECRET_ID: 'canary!',
        SEAL_KEYS: 'canary',
      },
      [
        'SLACK_APP_TOKEN app_token_shape',
        'APPROVAL_CHANNEL channel_shape',
        'REQUIRED_APPROVALS approvals_shape',
        'TENCENTCLOUD_SECRET_ID secret_id_shape',
        'SEAL_KEYS seal_keys_shape',
      ],
    ],
  ])('still reports %s', (_, changes, expected) => {
    const problems = problemsOf({ HOME: '/nonexistent', ...changes });
    expect(problems.map(({ variable, problem }) => `${variable} ${problem}`)).toEqual(expected);
    expect(JSON.stringify(problems)).not.toContain('canary');
  });

  it('the commands on the database still read theirs', () => {
    const wrong = { LOG_LEVEL: 'loud', SLACK_BOT_TOKEN: 'canary' };
    expect(readDatabaseConfig(wrong)).toEqual({
      ok: true,
      value: {
        ...{ database: { kind: 'sqlite', path: 'data/ferry.db' }, locale: 'en' },
        ...{ auditKeys: [], retentionDays: undefined },
      },
    });
    expect(readDatabaseConfig({ ...wrong, RETENTION_DAYS: '30' })).toMatchObject({
      value: { retentionDays: 30 },
    });
    expect(readDatabaseConfig({ ...wrong, AUDIT_KEY: 'canary' })).toEqual({
      ok: false,
      problem: [{ variable: 'AUDIT_KEY', problem: 'audit_key_shape' }],
    });
  });
});

describe('with a policy file', () => {
  const path = (text: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'ferry-policy-')), 'policy.yml');
    writeFileSync(file, text);
    return file;
  };
  const alone = (file: string): Environment => ({
    POLICY_FILE: file,
    APPROVAL_CHANNEL: '',
    APPROVERS: undefined,
    REQUIRED_APPROVALS: ' ',
  });
  const right = 'approvals: {channel: C0999, approvers: [channel], required: 2}\n';

  it('takes the approvers and other settings from the file', () => {
    const config = configOf(
      alone(path(`${right}secrets: [{secret: "env:A_*", anywhere: true}]\npresets: {a: {}}`)),
    );
    expect(config.policy).toMatchObject({
      rules: [],
      otherwise: {
        channel: 'C0999',
        approvers: [{ kind: 'channel', channelId: 'C0999' }],
        required: 2,
      },
    });
    expect(config.secrets).toEqual([{ secret: 'env:A_*', anywhere: true }]);
    expect(config.presets).toEqual([{ name: 'a', values: {} }]);
    expect(Object.isFrozen(config.secrets[0])).toBe(true);
  });

  it('allows no stored secrets without a file', () => {
    expect(configOf()).toMatchObject({ secrets: [], presets: [] });
  });

  it('reports problems of the file together with other problems', () => {
    const file = path('approvals: {channel: x, approvers: []}');
    expect(problemsOf({ ...alone(file), PORT: 'x' })).toEqual([
      {
        variable: 'POLICY_FILE',
        problem: 'policy_file_wrong',
        file,
        places: [
          { code: 'channel_shape', line: 1, column: 22, path: 'approvals.channel' },
          { code: 'empty', line: 1, column: 36, path: 'approvals.approvers' },
        ],
      },
      { variable: 'PORT', problem: 'port_shape' },
    ]);
  });

  it('reports a file that cannot be read', () => {
    const problem = { variable: 'POLICY_FILE', problem: 'policy_file_unreadable' };
    expect(problemsOf(alone('/nowhere/policy.yml'))).toEqual([problem]);
    expect(problemsOf(alone(tmpdir()))).toEqual([problem]);
  });

  it('refuses variables that the file replaces', () => {
    const both = { ...alone(path(right)), APPROVERS: 'U0001', REQUIRED_APPROVALS: '1' };
    expect(problemsOf(both)).toEqual([
      { variable: 'APPROVERS', problem: 'replaced_by_policy_file' },
      { variable: 'REQUIRED_APPROVALS', problem: 'replaced_by_policy_file' },
    ]);
  });
});

describe('PostgreSQL on another machine', () => {
  const server = 'postgres://ferry:canary@db.example.com:5432/ferry';

  it.each([
    server,
    `${server}?sslmode=`,
    `${server}?sslmode`,
    `${server}?ssl=0`,
    `${server}?application_name=sslmode%3Ddisable`,
    'postgresql://ferry:canary@10.0.0.5/ferry',
    'postgres://[2001:db8::1]/ferry',
    'postgres://0.0.0.0/ferry',
    'postgres://localhost.example.com/ferry',
    'postgres://127.0.0.1.example.com/ferry',
    // The driver connects to the host in the query.
    'postgres://localhost/ferry?host=db.example.com',
  ])('is refused if the URL does not mention TLS: %s', (url) => {
    const problem = { variable: 'DATABASE_URL', problem: 'database_plain' };
    expect(problemsOf({ DATABASE_URL: url })).toEqual([problem]);
  });

  it.each([
    `${server}?sslmode=verify-full`,
    `${server}?sslmode=verify-ca`,
    `${server}?sslmode=require`,
    `${server}?sslmode=no-verify`,
    `${server}?sslmode=disable`,
    `${server}?ssl=true`,
    `${server}?sslnegotiation=direct`,
    'postgres://ferry:canary@localhost/ferry',
    'postgres://ferry:canary@127.0.0.1/ferry',
    'postgres://ferry:canary@127.8.9.1/ferry',
    'postgres://ferry:canary@[::1]:5432/ferry',
    'postgres:///ferry?host=/var/run/postgresql',
    'postgres://db.example.com/ferry?host=127.0.0.1',
    'postgres://%2Fvar%2Frun%2Fpostgresql/ferry',
    'postgres://ferry:can%23ary%3F%40%2F%25@127.0.0.1/ferry',
    'postgres://ferry:canary@127.0.0.1/ferry?application_name=a@b',
    'postgres://ferry:can:ary!$&@127.0.0.1/ferry',
  ])('is accepted if the URL decides about TLS, or if it is this machine: %s', (url) => {
    const { database } = configOf({ DATABASE_URL: url });
    expect(database.kind === 'postgres' && database.url.reveal()).toBe(url);
  });
});

it.each([
  ['sqlite:data/ferry.db', 'data/ferry.db'],
  ['sqlite:/data/ferry.db', '/data/ferry.db'],
  ['sqlite:///data/ferry.db', '///data/ferry.db'],
])('accepts the SQLite database %s', (value, path) => {
  expect(configOf({ DATABASE_URL: value }).database).toEqual({ kind: 'sqlite', path });
});

it.each([
  ['dts.intl.tencentcloudapi.com', 'https:', 'dts.intl.tencentcloudapi.com'],
  ['https://dts.intl.tencentcloudapi.com/', 'https:', 'dts.intl.tencentcloudapi.com'],
  ['http://127.0.0.1:8080', 'http:', '127.0.0.1:8080'],
  ['http://localhost:8080', 'http:', 'localhost:8080'],
])('accepts the endpoint %s', (value, protocol, host) => {
  const { endpoint } = configOf({ TENCENTCLOUD_ENDPOINT: value }).tencentCloud;
  expect(endpoint).toEqual({ protocol, host });
});

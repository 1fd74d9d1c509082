import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { readConfig } from '../src/config';
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
  return read.ok ? [] : read.problems;
};
const configOf = (changes: Environment = {}) => {
  const read = readConfig({ ...good, ...changes });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
};

it('reads a whole environment into one frozen value that prints no secret', () => {
  const config = configOf();
  expect(config).toMatchObject({
    slack: { apiUrl: 'https://slack.com/api/', connection: { mode: 'socket' } },
    policy: {
      channel: 'C0123',
      requiredApprovals: 1,
      approvers: [
        { kind: 'user', userId: 'U0001' },
        { kind: 'group', groupId: 'S0002' },
        { kind: 'channel' },
      ],
    },
    database: { kind: 'sqlite', path: 'data/ferry.db' },
    port: 3000,
    locale: 'en',
    logLevel: 'info',
  });
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.policy.approvers)).toBe(true);
  expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('canary');
});

it('names every variable that is missing, at once', () => {
  const read = readConfig({});
  expect(read.ok ? [] : read.problems.map(({ variable }) => variable)).toEqual([
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

it('reads the variables of .env.example and no others, in that order', () => {
  const example = readFileSync(join(__dirname, '../.env.example'), 'utf8');
  const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named).toEqual(variables);
});

it('takes HTTP mode when there is a signing secret and no app token', () => {
  const changes = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'canary-signing' };
  expect(configOf(changes).slack.connection.mode).toBe('http');
  expect(configOf({ SLACK_SIGNING_SECRET: 'canary-signing' }).slack.connection.mode).toBe('socket');
});

describe('says what is wrong with', () => {
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
    ['TENCENTCLOUD_ENDPOINT', 'http://dts.tencentcloudapi.com', 'plain_http'],
    ['TENCENTCLOUD_ENDPOINT', 'https://dts.tencentcloudapi.com/path', 'endpoint_shape'],
    ['DATABASE_URL', 'data/ferry.db', 'database_shape'],
    ['DTS_CALLS_PER_SECOND', '0', 'calls_shape'],
    ['SEAL_KEYS', 'k1:short', 'seal_keys_shape'],
    ['SEAL_KEYS', `${good.SEAL_KEYS},${good.SEAL_KEYS}`, 'seal_keys_twice'],
    ['PORT', '70000', 'port_shape'],
    ['PORT', '0x50', 'port_shape'],
    ['DEFAULT_LOCALE', 'fr', 'locale_unknown'],
    ['LOG_LEVEL', 'loud', 'log_level_unknown'],
  ];
  it.each(cases)('%s=%s: %s', (variable, value, problem) => {
    expect(problemsOf({ [variable]: value })).toEqual([{ variable, problem }]);
  });

  it('approvers who can never be enough', () => {
    expect(problemsOf({ APPROVERS: 'U0001', REQUIRED_APPROVALS: '2' })).toEqual([
      { variable: 'APPROVERS', problem: 'too_few_approvers' },
    ]);
    expect(problemsOf({ APPROVERS: 'S0001', REQUIRED_APPROVALS: '2' })).toEqual([]);
  });
});

it.each([
  ['dts.intl.tencentcloudapi.com', 'https:', 'dts.intl.tencentcloudapi.com'],
  ['https://dts.intl.tencentcloudapi.com/', 'https:', 'dts.intl.tencentcloudapi.com'],
  ['http://127.0.0.1:8080', 'http:', '127.0.0.1:8080'],
  ['http://localhost:8080', 'http:', 'localhost:8080'],
])('takes the endpoint %s', (value, protocol, host) => {
  const { endpoint } = configOf({ TENCENTCLOUD_ENDPOINT: value }).tencentCloud;
  expect(endpoint).toEqual({ protocol, host });
});

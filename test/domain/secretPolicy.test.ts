import {
  groupsToAsk,
  judgeSecret,
  type SecretProblem,
  type SecretRule,
  type SecretUse,
} from '../../src/domain/secrets/secretPolicy';
import type { SecretReference } from '../../src/domain/secrets/secretReference';

const password = (name: string): SecretReference => ({ kind: 'ssm', name, version: 'SSM_Current' });
const variable = (name: string): SecretReference => ({ kind: 'env', name });
const orders = password('prod/orders-db');
const everywhere: SecretUse = {
  targets: ['db.example.com'],
  requester: 'U0ALICE',
  memberships: new Map(),
  channel: 'C0ONE',
};
const problemOf = (
  rules: SecretRule | readonly SecretRule[],
  use: Partial<SecretUse> = {},
  reference: SecretReference = orders,
): SecretProblem['code'] | undefined => {
  const list = 'secret' in rules ? [rules] : rules;
  const verdict = judgeSecret(list, reference, { ...everywhere, ...use });
  return verdict.ok ? undefined : verdict.problem.code;
};

describe('which secrets are allowed', () => {
  it('none without a rule', () => {
    expect(problemOf([])).toBe('secret_not_listed');
    expect(problemOf({ secret: 'ssm:prod/billing-*' })).toBe('secret_not_listed');
    expect(judgeSecret([], orders, everywhere)).toEqual({
      ok: false,
      problem: { code: 'secret_not_listed', secret: 'ssm:prod/orders-db' },
    });
  });

  it.each([
    ['ssm:prod/orders-*', orders, true],
    ['ssm:prod/orders-db', orders, true],
    ['ssm:prod/*', orders, true],
    ['ssm:*', orders, false],
    ['ssm:PROD/orders-*', orders, false],
    ['env:prod/orders-*', orders, false],
    ['env:ORDERS_*', variable('ORDERS_PASSWORD'), true],
    ['env:ORDERS_*', variable('orders_password'), false],
    ['env:*', variable('ORDERS_PASSWORD'), true],
    ['ssm:ORDERS_*', variable('ORDERS_PASSWORD'), false],
    ['env:ORDERS_*', variable('MY_ORDERS_PASSWORD'), false],
  ] as const)('%s allows %j: %s', (secret, reference, allowed) => {
    expect(problemOf({ secret, anywhere: true }, {}, reference)).toBe(
      allowed ? undefined : 'secret_not_listed',
    );
  });

  it.each(['SEAL_KEYS', 'SLACK_BOT_TOKEN', 'TENCENTCLOUD_SECRET_KEY', 'slack_bot_token'])(
    "never Ferry's own %s",
    (name) => {
      expect(problemOf({ secret: 'env:*' }, {}, variable(name))).toBe('secret_is_own_setting');
    },
  );
});

describe('where a secret may be sent', () => {
  it.each<[string, string, boolean]>([
    ['db.example.com', 'db.example.com', true],
    ['DB.example.com', 'db.EXAMPLE.com', true],
    ['*.example.com', 'orders.db.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'db.example.com.evil.net', false],
    ['*.example.com', 'evilexample.com', false],
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.70', false],
    ['203.0.113.*', '203.0.113.70', true],
    ['203.0.113.*', '203.0.113.com', false],
    ['2400:3200::/32', '2400:3200:0::0001', true],
    ['2400:3200::/32', '2400:3201::1', false],
    ['14.17.22.36', '64:ff9b::e11:1624', true],
    ['14.17.*', '14.17.example.com', false],
    ['*.example.com', 'db.example.com.', true],
    ['dcg-abcd1/10.0.0.0/8', 'dcg-abcd1/::ffff:10.1.2.3', true],
    ['dcg-abcd1/10.0.0.0/8', '10.1.2.3', false],
    ['10.0.0.5', 'dcg-abcd1/10.0.0.5', false],
    ['dcg-abcd1/10.0.0.5', 'dcg-abcd1/10.0.0.5', true],
    ['dcg-abcd1/10.0.0.5', 'dcg-evil/10.0.0.5', false],
    ['dcg-abcd1/10.0.0.*', 'dcg-abcd1/10.0.0.com', false],
    ['dcg-abcd1/*', 'dcg-abcd1/10.1.2.3', true],
    ['*.example.com', 'dcg-evil/db.example.com', false],
    ['*', 'dcg-evil/10.0.0.5', false],
    ['cdb-abcd1', 'cdb-abcd1', true],
    ['cdb-abcd1', 'cdb-abcd12', false],
  ])('with the host %s, to %s: %s', (host, target, allowed) => {
    const verdict = problemOf({ secret: 'ssm:prod/*', hosts: [host] }, { targets: [target] });
    expect(verdict).toBe(allowed ? undefined : 'secret_for_other_targets');
  });

  it.each<[string, string, boolean]>([
    ['cdb-*', 'cdb-abcd1', true],
    ['cdb-*', 'ins-abcd1', false],
    ['*', 'ins-abcd1', true],
    ['*', 'evil.com', false],
    ['*', '203.0.113.7', false],
  ])('instances: %s, to %s: %s', (instance, target, allowed) => {
    const rule = { secret: 'ssm:prod/*', instances: [instance] };
    expect(problemOf(rule, { targets: [target] })).toBe(
      allowed ? undefined : 'secret_for_other_targets',
    );
  });

  it('to all of its targets, if each is a named host or instance', () => {
    const rule = { secret: 'ssm:prod/*', hosts: ['*.example.com'], instances: ['cdb-abcd1'] };
    expect(problemOf(rule, { targets: ['db.example.com', 'cdb-abcd1'] })).toBeUndefined();
    expect(
      judgeSecret([rule], orders, { ...everywhere, targets: ['cdb-abcd1', 'cdb-evil'] }),
    ).toEqual({
      ok: false,
      problem: {
        code: 'secret_for_other_targets',
        secret: 'ssm:prod/orders-db',
        target: 'cdb-evil',
      },
    });
    expect(problemOf(rule, { targets: [] })).toBe('secret_for_other_targets');
  });

  it('anywhere if the rule says so, and nowhere if it does not say', () => {
    const use = { targets: ['evil.com'] };
    expect(problemOf({ secret: 'ssm:prod/*', anywhere: true }, use)).toBeUndefined();
    expect(problemOf({ secret: 'ssm:prod/*' }, use)).toBe('secret_for_other_targets');
  });
});

describe('who may use a secret, and in which channel', () => {
  const rule = {
    secret: 'ssm:prod/*',
    anywhere: true,
    requesters: ['U0BOB', 'S0DBA', 'S0OPS'],
  } as const;
  const memberships = (dba: 'yes' | 'no' | 'unknown', ops: 'yes' | 'no' | 'unknown') => ({
    memberships: new Map([
      ['S0DBA', dba],
      ['S0OPS', ops],
    ]),
  });

  it('named people, and members of named groups', () => {
    expect(problemOf(rule, { requester: 'U0BOB' })).toBeUndefined();
    expect(problemOf(rule, memberships('no', 'yes'))).toBeUndefined();
    expect(problemOf(rule, memberships('unknown', 'yes'))).toBeUndefined();
    expect(problemOf(rule, memberships('no', 'no'))).toBe('secret_for_others');
  });

  it('nobody whose membership is unknown', () => {
    expect(problemOf(rule, memberships('no', 'unknown'))).toBe('secret_requester_unknown');
    expect(problemOf(rule)).toBe('secret_requester_unknown');
  });

  it('in the named channels', () => {
    const inOne = { secret: 'ssm:prod/*', anywhere: true, channels: ['C0ONE'] } as const;
    expect(problemOf(inOne)).toBeUndefined();
    expect(problemOf(inOne, { channel: 'C0TWO' })).toBe('secret_for_other_channels');
  });

  it('needs each group of the matching rules once', () => {
    const rules = [rule, { secret: 'ssm:*/orders-*', requesters: ['S0DBA', 'S0NEW'] }];
    expect(groupsToAsk([...rules, { secret: 'env:*', requesters: ['S0ENV'] }], orders)).toEqual([
      'S0DBA',
      'S0OPS',
      'S0NEW',
    ]);
    expect(groupsToAsk([], orders)).toEqual([]);
  });
});

describe('several rules for one secret', () => {
  it('allow what any of them allows, but no mixture of two', () => {
    const rules = [
      { secret: 'ssm:prod/*', hosts: ['a.example.com'], channels: ['C0ONE'] },
      { secret: 'ssm:prod/orders-*', hosts: ['b.example.com'], channels: ['C0TWO'] },
    ];
    expect(problemOf(rules, { targets: ['a.example.com'], channel: 'C0ONE' })).toBeUndefined();
    expect(problemOf(rules, { targets: ['b.example.com'], channel: 'C0TWO' })).toBeUndefined();
    expect(problemOf(rules, { targets: ['a.example.com'], channel: 'C0TWO' })).toBe(
      'secret_for_other_channels',
    );
  });

  it('report the problem of the rule that fits best', () => {
    const rules = [
      { secret: 'ssm:prod/*', hosts: ['other.example.com'], channels: ['C0TWO'] },
      { secret: 'ssm:prod/orders-*', hosts: ['db.example.com'], channels: ['C0TWO'] },
    ];
    expect(problemOf(rules)).toBe('secret_for_other_channels');
  });
});

import type { ResourceList, ResourceQuery } from '../../src/domain/form/resource';
import type { Membership } from '../../src/domain/people/person';
import type { SecretRule } from '../../src/domain/secrets/secretPolicy';
import type { SecretList, SecretVersions } from '../../src/domain/secrets/storedSecret';
import {
  onlySecret,
  type SuggestContext,
  type SuggestionQuery,
  suggest,
} from '../../src/workflow/suggest';

let rules: SecretRule[];
let secrets: SecretList | { kind: 'loading' };
let versions: Map<string, SecretVersions | { kind: 'loading' }>;
let asked: unknown[];
let groups: Map<string, Membership>;
/** When Ferry no longer waits for Slack. */
let isLate: Promise<void>;
const never = new Promise<never>(() => {});
const failed = { kind: 'failed', problem: { kind: 'not_sent', detail: 'no route' } } as const;
const loading = { kind: 'loading' } as const;

const resources: Extract<ResourceList, { kind: 'found' }> = { kind: 'found', resources: [] };
const context: SuggestContext = {
  clock: { now: () => new Date(0), sleepUntil: () => isLate },
  directory: {
    async isAmong(_, [group]) {
      asked.push(group);
      return group?.kind === 'group' ? (groups.get(group.groupId) ?? never) : never;
    },
  },
  region: 'ap-guangzhou',
  secretRules: () => rules,
  environmentSecrets: ['SOURCE', 'TARGET'],
  resources: {
    async lookUp(query: ResourceQuery) {
      asked.push(query);
      return resources;
    },
    stop: async () => {},
  },
  secrets: {
    async lookUp(query) {
      asked.push(query);
      return secrets;
    },
    stop: async () => {},
  },
  versions: {
    async lookUp(query) {
      asked.push(query);
      return versions.get(query.name) ?? failed;
    },
    stop: async () => {},
  },
};
const stored = (name: string, unusable?: string) => ({
  ...{ name, state: unusable ?? 'Enabled', unusable, detail: undefined },
});
const env = (name: string) => ({
  reference: `env:${name}`,
  name,
  version: undefined,
  unusable: undefined,
});
const ssm = (name: string, version: string, unusable?: string) => ({
  ...{ reference: `ssm:${name}:${version}`, name, version, unusable },
});

beforeEach(() => {
  rules = [
    { secret: 'env:*', anywhere: true },
    { secret: 'ssm:*', anywhere: true },
  ];
  secrets = { kind: 'found', secrets: [stored('orders'), stored('shop', 'Disabled')] };
  versions = new Map([
    ['orders', { kind: 'found', versions: ['v2', 'v1'] }],
    ['shop', { kind: 'found', versions: ['v1'] }],
  ]);
  asked = [];
  groups = new Map();
  isLate = never;
});

const query = (changes: Partial<SuggestionQuery> = {}): SuggestionQuery => ({
  ...{ path: 'SrcInfo.Password.Source', typed: '', scope: {}, requester: 'UASK', channels: ['C1'] },
  ...changes,
});

describe('the suggestions for a stored password', () => {
  it('are the secrets of the environment, and the versions of those in the account', async () => {
    expect(await suggest(context, query())).toEqual({
      kind: 'secrets',
      environment: [env('SOURCE'), env('TARGET')],
      ssm: {
        kind: 'found',
        choices: [ssm('orders', 'v2'), ssm('orders', 'v1'), ssm('shop', 'v1', 'Disabled')],
        hasMore: false,
      },
    });
    expect(asked).toEqual([
      { region: 'ap-guangzhou' },
      { region: 'ap-guangzhou', name: 'orders' },
      { region: 'ap-guangzhou', name: 'shop' },
    ]);
  });

  it('have the typed text in their names, in any case', async () => {
    expect(await suggest(context, query({ typed: ' OR ' }))).toMatchObject({
      ...{ environment: [], ssm: { choices: [ssm('orders', 'v2'), ssm('orders', 'v1')] } },
    });
    expect(await suggest(context, query({ typed: 'sour' }))).toMatchObject({
      ...{ environment: [env('SOURCE')], ssm: { kind: 'found', choices: [] } },
    });
  });

  it('are those that the policy may allow this person in one of the channels', async () => {
    rules = [
      { secret: 'env:SOURCE', anywhere: true, channels: ['C1'] },
      { secret: 'ssm:orders', anywhere: true, requesters: ['UASK'] },
      { secret: 'ssm:shop', anywhere: true, requesters: ['S1'] },
    ];
    const found = async (requester: string, ...channels: string[]) => {
      const all = await suggest(context, query({ requester, channels }));
      if (all?.kind !== 'secrets' || all.ssm.kind !== 'found') throw new Error('no secrets');
      return [...all.environment, ...all.ssm.choices].map(({ reference }) => reference);
    };
    const all = ['env:SOURCE', 'ssm:orders:v2', 'ssm:orders:v1', 'ssm:shop:v1'];
    groups.set('S1', 'yes');
    expect(await found('UASK', 'C1')).toEqual(all);
    expect(await found('UASK', 'C2', 'C1')).toContain('env:SOURCE');
    expect(await found('UASK', 'C2')).not.toContain('env:SOURCE');
    expect(await found('UBOB', 'C1')).toEqual(['env:SOURCE', 'ssm:shop:v1']);
    groups.set('S1', 'no');
    expect(await found('UBOB', 'C1')).toEqual(['env:SOURCE']);
    groups.set('S1', 'unknown');
    expect(await found('UBOB', 'C1')).toEqual(['env:SOURCE', 'ssm:shop:v1']);
    // Slack doesn't answer in time. The form is checked when it is submitted.
    groups.clear();
    isLate = Promise.resolve();
    expect(await found('UBOB', 'C1')).toEqual(['env:SOURCE', 'ssm:shop:v1']);
    rules = [];
    expect(await found('UASK', 'C1')).toEqual([]);
    rules = [{ secret: 'env:*', hosts: ['10.0.0.1'] }];
    expect(await found('UASK', 'C1')).toEqual(['env:SOURCE', 'env:TARGET']);
  });

  it('say why the account has none', async () => {
    for (const answer of [failed, loading]) {
      secrets = answer;
      expect(await suggest(context, query())).toMatchObject({ environment: [{}, {}], ssm: answer });
    }
    secrets = { kind: 'found', secrets: [stored('orders')] };
    versions.set('orders', loading);
    expect(await suggest(context, query())).toMatchObject({ ssm: loading });
    secrets = { kind: 'found', secrets: [stored('orders'), stored('shop')] };
    expect(await suggest(context, query())).toMatchObject({
      ssm: { kind: 'found', choices: [ssm('shop', 'v1')] },
    });
  });

  it.each([
    [8, false],
    [9, true],
  ])('are the versions of eight secrets, and of %i, more exist: %s', async (count, hasMore) => {
    const names = Array.from({ length: count }, (_, index) => `s${index}`);
    secrets = { kind: 'found', secrets: names.map((name) => stored(name)) };
    for (const name of names) versions.set(name, { kind: 'found', versions: ['v1'] });
    expect(await suggest(context, query())).toMatchObject({ ssm: { hasMore } });
    expect(asked).toHaveLength(9);
    expect(asked.at(-1)).toEqual({ region: 'ap-guangzhou', name: 's7' });
  });
});

describe('the suggestions for a resource', () => {
  it('are requested with the choices of the form', async () => {
    const scope = {
      ...{
        'DstInfo.Region': 'ap-beijing',
        DstDatabaseType: 'redis',
        'SrcInfo.Region': 'ap-hongkong',
      },
      'SrcInfo.VpcId': 'vpc-1',
    };
    const found = (path: SuggestionQuery['path']) => suggest(context, query({ path, scope }));
    expect(await found('DstInfo.InstanceId')).toEqual({
      kind: 'resources',
      answer: resources,
      engine: 'redis',
    });
    expect(await found('SrcInfo.SubnetId')).toEqual({
      kind: 'resources',
      answer: resources,
      engine: undefined,
    });
    expect(await found('DstInfo.Region')).toMatchObject({ kind: 'resources' });
    expect(asked).toEqual([
      { kind: 'instance', region: 'ap-beijing', engine: 'redis', role: 'dst' },
      { kind: 'subnet', region: 'ap-hongkong', vpcId: 'vpc-1' },
      { kind: 'region', region: 'ap-guangzhou' },
    ]);
  });

  it('need a region, and a field that has some', async () => {
    expect(await suggest(context, query({ path: 'DstInfo.InstanceId' }))).toEqual({
      kind: 'region_missing',
    });
    expect(await suggest(context, query({ path: 'JobName' }))).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('the only secret that a person may use', () => {
  const only = async (...targets: Parameters<typeof onlySecret>[1]['targets']) => {
    const use = { channels: ['C1'], requester: 'UASK', targets };
    return (await onlySecret(context, use))?.reference;
  };

  it('is a variable, or a stored secret with one version that can be read', async () => {
    expect(await only()).toBeUndefined();
    rules = [{ secret: 'env:SOURCE', anywhere: true }];
    expect(await only()).toBe('env:SOURCE');
    rules = [{ secret: 'ssm:*', anywhere: true }];
    expect(await only()).toBeUndefined();
    versions.set('orders', { kind: 'found', versions: ['v2'] });
    expect(await only()).toBe('ssm:orders:v2');
    versions.set('orders', loading);
    expect(await only()).toBeUndefined();
  });

  it('is unknown without the list of stored secrets', async () => {
    rules = [{ secret: 'env:SOURCE', anywhere: true }];
    for (const answer of [failed, loading]) {
      secrets = answer;
      expect(await only()).toBeUndefined();
    }
  });

  it('is the only one that may be sent to the targets, among all secrets', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
    secrets = { kind: 'found', secrets: names.map((name) => stored(name)) };
    for (const name of names) versions.set(name, { kind: 'found', versions: ['v1'] });
    rules = names.map((name, index) => ({ secret: `ssm:${name}`, hosts: [`10.0.0.${index}`] }));
    expect(await only()).toBeUndefined();
    expect(await only('10.0.0.0')).toBe('ssm:s0:v1');
    expect(await only('10.0.0.11')).toBe('ssm:s11:v1');
    rules = [...rules, { secret: 'ssm:s11', hosts: ['10.0.0.0'] }];
    expect(await only('10.0.0.0')).toBeUndefined();
  });

  it('is suggested, but not chosen, while the group of one of the channels is unknown', async () => {
    rules = [
      { secret: 'env:SOURCE', anywhere: true, requesters: ['S1'], channels: ['C1'] },
      { secret: 'env:SOURCE', anywhere: true, requesters: ['UEVE'], channels: ['C2'] },
    ];
    isLate = Promise.resolve();
    const all = await suggest(context, query({ channels: ['C1', 'C2'] }));
    expect(all).toMatchObject({ environment: [env('SOURCE')] });
    expect(await only()).toBeUndefined();
  });

  it('is one that the person may certainly use', async () => {
    rules = [{ secret: 'env:SOURCE', anywhere: true, requesters: ['S1'] }];
    groups.set('S1', 'yes');
    expect(await only()).toBe('env:SOURCE');
    for (const membership of ['no', 'unknown'] as const) {
      groups.set('S1', membership);
      expect(await only()).toBeUndefined();
    }
    groups.clear();
    isLate = Promise.resolve();
    expect(await only()).toBeUndefined();
    // The other one may be a second choice.
    rules = [...rules, { secret: 'env:TARGET', anywhere: true }];
    expect(await only()).toBeUndefined();
    isLate = never;
    groups.set('S1', 'no');
    expect(await only()).toBe('env:TARGET');
  });
});

import type { ResourceList, ResourceQuery } from '../../src/domain/form/resource';
import type { SecretRule } from '../../src/domain/secrets/secretPolicy';
import type { SecretList, SecretVersions } from '../../src/domain/secrets/storedSecret';
import {
  type SuggestContext,
  type SuggestionQuery,
  suggest,
  usableSecrets,
} from '../../src/workflow/suggest';

let rules: SecretRule[];
let secrets: SecretList | { kind: 'loading' };
let versions: Map<string, SecretVersions | { kind: 'loading' }>;
let asked: unknown[];
const failed = { kind: 'failed', problem: { kind: 'not_sent', detail: 'no route' } } as const;
const loading = { kind: 'loading' } as const;

const resources: Extract<ResourceList, { kind: 'found' }> = { kind: 'found', resources: [] };
const context: SuggestContext = {
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
    // The members of a group are only known when the form is sent.
    expect(await found('UASK', 'C1')).toEqual([
      ...['env:SOURCE', 'ssm:orders:v2', 'ssm:orders:v1', 'ssm:shop:v1'],
    ]);
    expect(await found('UASK', 'C2', 'C1')).toContain('env:SOURCE');
    expect(await found('UASK', 'C2')).not.toContain('env:SOURCE');
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

  it('are the versions of eight secrets', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `s${index}`);
    secrets = { kind: 'found', secrets: names.map((name) => stored(name)) };
    await suggest(context, query());
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

describe('the secrets that a person may use', () => {
  const usable = async (targets: Parameters<typeof usableSecrets>[2]['targets'] = []) =>
    (
      await usableSecrets(context, 'SrcInfo.Password.Source', {
        ...{ channels: ['C1'], requester: 'UASK', targets },
      })
    ).map(({ reference }) => reference);

  it('are those whose value can be read', async () => {
    expect(await usable()).toEqual(['env:SOURCE', 'env:TARGET', 'ssm:orders:v2', 'ssm:orders:v1']);
    secrets = failed;
    expect(await usable()).toEqual([]);
  });

  it('are those that may be sent to the targets', async () => {
    rules = [
      { secret: 'env:SOURCE', instances: ['cdb-1a2b3c4d'] },
      { secret: 'env:TARGET', instances: ['cdb-5e6f7a8b'] },
    ];
    expect(await usable()).toEqual(['env:SOURCE', 'env:TARGET']);
    const target = 'cdb-1a2b3c4d';
    expect(await usable([target])).toEqual(['env:SOURCE']);
  });
});

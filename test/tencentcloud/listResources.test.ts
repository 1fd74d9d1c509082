import { type DtsEndpoint, startDts, type Things } from '../../playground/tencentcloud/index';
import type { Resource, ResourceList, ResourceQuery } from '../../src/domain/form/resource';
import { listResources } from '../../src/tencentcloud/listResources';
import { accountAt } from '../support/accountAt';
import { lostCalls } from '../support/lostCalls';

const never = new AbortController().signal;
let dts: DtsEndpoint;

beforeEach(async () => {
  dts = await startDts();
});
afterEach(() => dts.close());

const list = (query: ResourceQuery, abandon = never): Promise<ResourceList> =>
  listResources(accountAt(dts.host), query, abandon);

const found = async (query: ResourceQuery): Promise<readonly Resource[]> => {
  const answer = await list(query);
  if (answer.kind === 'failed') throw new Error(JSON.stringify(answer));
  return answer.resources;
};

const region = 'ap-guangzhou';
const nothing = {
  ...{ state: '', unusable: undefined, detail: undefined },
  ...{ vpcId: undefined, version: undefined },
};

/** A query of each kind, its action, the list in the response, and the ID in it. */
const queries: readonly (readonly [ResourceQuery, action: string, list: string, id: string])[] = [
  [{ kind: 'region', region }, 'DescribeRegions', 'RegionSet', 'Region'],
  [
    { kind: 'instance', region, engine: 'mysql', role: 'src' },
    'DescribeMigrateDBInstances',
    'Instances',
    'InstanceId',
  ],
  [{ kind: 'cvm', region }, 'DescribeInstances', 'InstanceSet', 'InstanceId'],
  [
    { kind: 'dcg', region },
    'DescribeDirectConnectGateways',
    'DirectConnectGatewaySet',
    'DirectConnectGatewayId',
  ],
  [{ kind: 'vpn_gateway', region }, 'DescribeVpnGateways', 'VpnGatewaySet', 'VpnGatewayId'],
  [{ kind: 'ccn', region }, 'DescribeCcns', 'CcnSet', 'CcnId'],
  [{ kind: 'vpc', region }, 'DescribeVpcs', 'VpcSet', 'VpcId'],
  [{ kind: 'subnet', region }, 'DescribeSubnets', 'SubnetSet', 'SubnetId'],
];

describe('the account has', () => {
  it('regions, including closed ones', async () => {
    const regions = await found({ kind: 'region', region });
    expect(regions[0]).toEqual({
      ...nothing,
      id: 'ap-guangzhou',
      name: '华南地区(广州)',
      region: 'ap-guangzhou',
      state: 'AVAILABLE',
    });
    expect(regions.find(({ id }) => id === 'ap-mumbai')).toMatchObject({
      region: 'ap-mumbai',
      unusable: 'UNAVAILABLE',
    });
    expect(dts.calls[0]?.body).toEqual({ Product: 'dts' });
  });

  it('instances of an engine, and whether each can be the source or the target', async () => {
    const shanghai = { kind: 'instance', region: 'ap-shanghai', engine: 'mysql' } as const;
    const asDestination = await found({ ...shanghai, role: 'dst' });
    expect(asDestination.map(({ id, unusable }) => [id, unusable])).toEqual([
      ['cdb-e78e0nnv', undefined],
      ['cdb-another1', undefined],
      ['cdb-ro4copy9', 'A read-only instance cannot be a destination'],
      ['cdb-unpaid77', 'The instance is isolated because its bill is not paid'],
    ]);
    expect(asDestination[0]).toEqual({
      ...nothing,
      id: 'cdb-e78e0nnv',
      name: 'orders',
      region: 'ap-shanghai',
      detail: '10.8.1.10:3306',
      version: '8.0',
    });
    const asSource = await found({ ...shanghai, role: 'src' });
    expect(asSource[2]).toMatchObject({ id: 'cdb-ro4copy9', unusable: undefined });
    const calls = dts.callsOf('DescribeMigrateDBInstances');
    expect(calls.map(({ version, body }) => ({ version, body }))).toEqual([
      {
        version: '2021-12-06',
        body: { DatabaseType: 'mysql', MigrateRole: 'dst', Offset: 0, Limit: 100 },
      },
      {
        version: '2021-12-06',
        body: { DatabaseType: 'mysql', MigrateRole: 'src', Offset: 0, Limit: 100 },
      },
    ]);
  });

  it.each([
    ['10.0.0.1', 3306, '10.0.0.1:3306'],
    ['10.0.0.1', null, '10.0.0.1'],
    ['', 3306, undefined],
    [undefined, 3306, undefined],
  ])('an instance with the address %j and the port %j', async (Vip, Vport, detail) => {
    const fields = { TotalCount: 1, Instances: [{ InstanceId: 'an-id', Vip, Vport }] };
    dts.next({ kind: 'answer', fields }, { action: 'DescribeMigrateDBInstances' });
    const [instance] = await found({ kind: 'instance', region, engine: 'mysql', role: 'src' });
    expect(instance?.detail).toBe(detail);
  });

  it('instances without their versions, if these are not listed in time', async () => {
    dts.next({ kind: 'noAnswer', when: 'after' }, { action: 'DescribeDBInstances' });
    const shanghai = { kind: 'instance', region: 'ap-shanghai', engine: 'mysql' } as const;
    const [instance] = await found({ ...shanghai, role: 'src' });
    expect(instance).toMatchObject({ id: 'cdb-e78e0nnv', version: undefined });
  }, 10_000);

  it('machines; one that is stopped or unpaid cannot be selected', async () => {
    const [running, stopped] = await found({ kind: 'cvm', region });
    expect(running).toEqual({
      id: 'ins-1a2b3c4d',
      name: 'mysql-on-a-machine',
      region,
      state: 'RUNNING',
      unusable: undefined,
      detail: '10.0.2.100, ap-guangzhou-4',
      vpcId: 'vpc-gz7prod1',
    });
    expect(stopped).toMatchObject({ state: 'STOPPED', unusable: 'STOPPED' });
    const [, unpaid] = await found({ kind: 'cvm', region: 'ap-shanghai' });
    expect(unpaid).toMatchObject({ state: 'RUNNING', unusable: 'PROTECTIVELY_ISOLATED' });
  });

  it('Direct Connect gateways, and where they lead', async () => {
    expect(await found({ kind: 'dcg', region })).toEqual([
      {
        ...nothing,
        id: 'dcg-gz7rack1',
        name: 'data center',
        region,
        detail: 'vpc-gz7prod1',
        vpcId: 'vpc-gz7prod1',
      },
    ]);
    const [intoCcn] = await found({ kind: 'dcg', region: 'ap-shanghai' });
    expect(intoCcn).toMatchObject({ detail: 'ccn-main7net', vpcId: undefined });
  });

  it('VPN gateways; one that is unpaid or not ready cannot be selected', async () => {
    const [ready, pending] = await found({ kind: 'vpn_gateway', region });
    expect(ready).toEqual({
      id: 'vpngw-gz7offic',
      name: 'office',
      region,
      state: 'AVAILABLE',
      unusable: undefined,
      detail: '203.0.113.7',
      vpcId: 'vpc-gz7prod1',
    });
    expect(pending).toMatchObject({ state: 'PENDING', unusable: 'PENDING' });
    const [, unpaid] = await found({ kind: 'vpn_gateway', region: 'ap-shanghai' });
    expect(unpaid).toMatchObject({ unusable: 'PROTECTIVELY_ISOLATED' });
  });

  it('CCNs; one that is isolated cannot be selected', async () => {
    const [usable, isolated] = await found({ kind: 'ccn', region });
    const common = { ...nothing, region };
    expect(usable).toEqual({
      ...common,
      id: 'ccn-main7net',
      name: 'backbone',
      state: 'AVAILABLE',
    });
    expect(isolated).toMatchObject({ state: 'ISOLATED', unusable: 'ISOLATED' });
  });

  it('VPCs with their exact names', async () => {
    const vpcs = await found({ kind: 'vpc', region });
    expect(vpcs[1]).toEqual({
      ...nothing,
      id: 'vpc-gz7test2',
      name: 'staging <&> `*old*`',
      region,
      detail: '10.1.0.0/16',
      vpcId: 'vpc-gz7test2',
    });
  });

  it('subnets, of one VPC or of all', async () => {
    expect(await found({ kind: 'subnet', region })).toHaveLength(3);
    expect(await found({ kind: 'subnet', region, vpcId: 'vpc-gz7test2' })).toEqual([
      {
        ...nothing,
        id: 'subnet-gz7test3',
        name: 'staging',
        region,
        detail: '10.1.1.0/24, ap-guangzhou-6',
        vpcId: 'vpc-gz7test2',
      },
    ]);
  });
});

describe.each(queries)('a list of %j', (query, action, listName, idField) => {
  it('is one signed call of its action in the region, nothing else', async () => {
    await found(query);
    // Only a product returns the versions of its instances.
    const others = query.kind === 'instance' ? ['DescribeDBInstances'] : [];
    expect(dts.calls.map((call) => [call.action, call.region, call.method])).toEqual(
      [...others, action].map((each) => [each, region, 'POST']),
    );
  });

  it('leaves out unreadable entries, and shows one with only an ID without further words', async () => {
    const good = { [idField]: 'an-id' };
    const bad = [7, null, 'text', [], {}, { [idField]: 7 }, { [idField]: '' }];
    const fields = { TotalCount: bad.length + 1, [listName]: [...bad, good] };
    dts.next({ kind: 'answer', fields }, { action });
    const { kind } = query;
    expect(await found(query)).toEqual([
      {
        ...nothing,
        ...{ id: 'an-id', name: '', region: kind === 'region' ? 'an-id' : region },
        vpcId: kind === 'vpc' ? 'an-id' : undefined,
      },
    ]);
  });

  it('reads an empty list that is null', async () => {
    dts.next({ kind: 'answer', fields: { TotalCount: null, [listName]: null } }, { action });
    expect(await list(query)).toEqual({ kind: 'found', resources: [] });
  });

  it.each([
    ['nothing', {}],
    ['no list', { TotalCount: 0 }],
    ['an invalid list', { TotalCount: 1, [listName]: 'none' }],
    ['an invalid count', { TotalCount: 'many', [listName]: [] }],
    ['a count without a list', { TotalCount: 3, [listName]: null }],
    ['a negative count', { TotalCount: -1, [listName]: [] }],
    ['a count that is not whole', { TotalCount: 0.5, [listName]: [] }],
  ])('fails on a response with %s', async (_, fields) => {
    dts.next({ kind: 'answer', fields }, { action });
    expect(await list(query)).toEqual({
      kind: 'failed',
      problem: { kind: 'not_sent', detail: `the answer of ${action} could not be read` },
    });
  });

  it("fails with Tencent Cloud's words if it is rejected", async () => {
    const message = 'you are not authorized';
    dts.next({ kind: 'code', code: 'UnauthorizedOperation', message }, { action });
    expect(await list(query)).toEqual({
      kind: 'failed',
      problem: {
        kind: 'refused',
        code: 'UnauthorizedOperation',
        message,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(dts.callsOf(action)).toHaveLength(1);
  });
});

describe('a failed call', () => {
  const vpcs = { kind: 'vpc', region } as const;

  it.each(lostCalls)('%s is reported as a failure, and not retried', async (_, fault, detail) => {
    dts.next(fault, { action: 'DescribeVpcs' });
    expect(await list(vpcs)).toEqual({
      kind: 'failed',
      problem: { kind: 'not_sent', detail: expect.stringMatching(detail) },
    });
    expect(dts.calls).toHaveLength(1);
  });

  it.each(['noAnswer', 'stalledBody'] as const)(
    '%s ends when it is abandoned, and blames nobody',
    async (kind) => {
      dts.next({ kind, when: 'after' }, { action: 'DescribeVpcs' });
      const abandon = new AbortController();
      const answer = list(vpcs, abandon.signal);
      await dts.until(() => dts.calls[0]?.fault, { what: 'the call' });
      abandon.abort();
      expect(await answer).toEqual({
        kind: 'failed',
        problem: { kind: 'not_sent', detail: 'Ferry gave up waiting' },
      });
    },
  );

  it('is not made if it was abandoned before', async () => {
    expect(await list(vpcs, AbortSignal.abort())).toMatchObject({ kind: 'failed' });
    expect(dts.calls).toEqual([]);
  });

  it('a closed port is reported', async () => {
    await dts.close();
    expect(await list(vpcs)).toMatchObject({ kind: 'failed', problem: { kind: 'not_sent' } });
  });

  it('a redirect takes the signed call nowhere else', async () => {
    const elsewhere = await startDts();
    dts.next(
      { kind: 'redirect', status: 307, location: elsewhere.url },
      { action: 'DescribeVpcs' },
    );
    expect(await list(vpcs)).toMatchObject({ kind: 'failed' });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.close();
  });
});

describe('lists longer than a page', () => {
  const beijing = 'ap-beijing';
  const numbered = <T>(count: number, make: (n: number) => T): T[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const common = (n: number) => ({ region: beijing, id: `id-${n}`, name: `n${n}` });
  const address = '10.0.0.1';
  const vpcId = 'vpc-1';
  const inMany: readonly (readonly [ResourceQuery, (count: number) => Partial<Things>])[] = [
    [
      { kind: 'instance', region: beijing, engine: 'redis', role: 'src' },
      (count) => ({
        instances: numbered(count, (n) => ({ ...common(n), engine: 'redis', address, port: 6379 })),
      }),
    ],
    [
      { kind: 'cvm', region: beijing },
      (count) => ({
        machines: numbered(count, (n) => ({
          ...common(n),
          zone: 'ap-beijing-3',
          address,
          vpcId,
          subnetId: 'subnet-1',
        })),
      }),
    ],
    [
      { kind: 'vpn_gateway', region: beijing },
      (count) => ({ vpnGateways: numbered(count, (n) => ({ ...common(n), address, vpcId })) }),
    ],
    [
      { kind: 'dcg', region: beijing },
      (count) => ({
        directConnectGateways: numbered(count, (n) => ({
          ...common(n),
          leadsTo: { kind: 'VPC', id: vpcId },
        })),
      }),
    ],
    [
      { kind: 'vpc', region: beijing },
      (count) => ({ vpcs: numbered(count, (n) => ({ ...common(n), cidr: '10.0.0.0/16' })) }),
    ],
    [
      { kind: 'subnet', region: beijing },
      (count) => ({
        subnets: numbered(count, (n) => ({
          ...common(n),
          vpcId,
          cidr: '10.0.0.0/24',
          zone: 'ap-beijing-3',
        })),
      }),
    ],
  ];

  it.each(inMany)('of %j: every page is read in order, once', async (query, things) => {
    dts.add(things(230));
    const resources = await found(query);
    expect(resources.map(({ id }) => id)).toEqual(numbered(230, (n) => `id-${n}`));
    const [{ action } = { action: '' }] = dts.calls.toReversed();
    expect(dts.callsOf(String(action))).toHaveLength(3);
  });

  it('include CCNs of any region', async () => {
    const before = (await found({ kind: 'ccn', region: beijing })).length;
    dts.add({ ccns: numbered(150, (n) => ({ id: `ccn-${n}`, name: '' })) });
    expect(await found({ kind: 'ccn', region: beijing })).toHaveLength(before + 150);
  });

  const vpcs = { kind: 'vpc', region: beijing } as const;
  const page = (ids: readonly string[], TotalCount: number) =>
    ({
      kind: 'answer',
      fields: { TotalCount, VpcSet: ids.map((VpcId) => ({ VpcId })) },
    }) as const;

  it('end where the list ends, even at a full page', async () => {
    dts.add({ vpcs: numbered(200, (n) => ({ ...common(n), cidr: '' })) });
    expect(await found(vpcs)).toHaveLength(200);
    expect(dts.calls).toHaveLength(2);
  });

  it('continue after a page that was shorter than requested', async () => {
    dts.next(page(['a', 'b'], 3), { action: 'DescribeVpcs' });
    dts.next(page(['c'], 3), { action: 'DescribeVpcs' });
    expect((await found(vpcs)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(dts.calls[1]?.body).toEqual({ Offset: '2', Limit: '100' });
  });

  it('contain an entry once that moved to the next page', async () => {
    dts.next(page(['a', 'b'], 4), { action: 'DescribeVpcs' });
    dts.next(page(['b', 'c'], 4), { action: 'DescribeVpcs' });
    expect((await found(vpcs)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('are cut at 2,000, and no server keeps Ferry asking', async () => {
    const same = numbered(100, (n) => `vpc-${n}`);
    dts.next(page(same, 1_000_000), { action: 'DescribeVpcs', times: Number.POSITIVE_INFINITY });
    expect(await found(vpcs)).toHaveLength(100);
    expect(dts.calls).toHaveLength(20);
    dts.clearFaults();
    const empty = page([], 1_000_000);
    dts.next(empty, { action: 'DescribeVpcs', times: Number.POSITIVE_INFINITY });
    expect(await found(vpcs)).toEqual([]);
    expect(dts.calls).toHaveLength(20 + 100);
  });

  it('fail as a whole if a page fails, because half a list looks complete', async () => {
    dts.add({ vpcs: numbered(150, (n) => ({ ...common(n), cidr: '' })) });
    const isSecond = (call: { body: unknown }) =>
      Reflect.get(Object(call.body), 'Offset') === '100';
    dts.next({ kind: 'code', code: 'InternalError' }, { action: 'DescribeVpcs', fits: isSecond });
    expect(await list(vpcs)).toMatchObject({
      kind: 'failed',
      problem: { kind: 'refused', code: 'InternalError' },
    });
  });
});

import { Client as CvmClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cvm/v20170312/cvm_client';
import { Client as DtsClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20211206/dts_client';
import { Client as RegionClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/region/v20220627/region_client';
import { Client as SsmClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ssm/v20190923/ssm_client';
import { Client as VpcClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client';
import {
  DEFAULT_SECRET_ID,
  DEFAULT_SECRET_KEY,
  type DtsEndpoint,
  type DtsOptions,
  startDts,
} from '../../playground/tencentcloud';

const endpoints: DtsEndpoint[] = [];

async function start(options: DtsOptions = {}): Promise<DtsEndpoint> {
  const dts = await startDts(options);
  endpoints.push(dts);
  return dts;
}

afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((dts) => dts.close()));
});

const configOf = (dts: DtsEndpoint, region?: string, secretKey = DEFAULT_SECRET_KEY) => ({
  credential: { secretId: DEFAULT_SECRET_ID, secretKey },
  ...(region === undefined ? {} : { region }),
  profile: { httpProfile: { protocol: 'http://', endpoint: dts.host } },
});

/** The SDK's clients, whose types include every field that is read here. */
const clientsOf = (dts: DtsEndpoint, region = 'ap-guangzhou', secretKey?: string) => {
  const config = configOf(dts, region, secretKey);
  return {
    cvm: new CvmClient(config),
    dts: new DtsClient(config),
    ssm: new SsmClient(config),
    vpc: new VpcClient(config),
  };
};

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? Reflect.get(error, 'code') : error),
  );

describe('instances of an engine', () => {
  it('are those of the region and the engine', async () => {
    const { dts: shanghai } = clientsOf(await start(), 'ap-shanghai');
    const found = await shanghai.DescribeMigrateDBInstances({
      DatabaseType: 'mysql',
      MigrateRole: 'dst',
    });
    expect(found.Instances?.map(({ InstanceId }) => InstanceId)).toEqual([
      'cdb-e78e0nnv',
      'cdb-another1',
      'cdb-ro4copy9',
      'cdb-unpaid77',
    ]);
    expect(found.TotalCount).toBe(4);
    expect(found.Instances?.[0]).toEqual({
      InstanceId: 'cdb-e78e0nnv',
      InstanceName: 'orders',
      Vip: '10.8.1.10',
      Vport: 3306,
      Usable: 1,
      Hint: '',
    });
  });

  it('may be usable for one role only, with the reason', async () => {
    const { dts: shanghai } = clientsOf(await start(), 'ap-shanghai');
    const replica = async (MigrateRole?: string) => {
      const request = { DatabaseType: 'mysql', InstanceId: 'cdb-ro4copy9' };
      const { Instances } = await shanghai.DescribeMigrateDBInstances(
        MigrateRole === undefined ? request : { ...request, MigrateRole },
      );
      return Instances?.map(({ Usable, Hint }) => ({ Usable, Hint }));
    };
    const Hint = 'A read-only instance cannot be a destination';
    expect(await replica('src')).toEqual([{ Usable: 1, Hint: '' }]);
    expect(await replica('dst')).toEqual([{ Usable: 0, Hint }]);
    expect(await replica()).toEqual([{ Usable: 0, Hint }]);
  });

  it.each([
    'mysql',
    'mariadb',
    'percona',
    'cynosdbmysql',
    'redis',
    'mongodb',
    'postgresql',
    'sqlserver',
  ])('exist for %s in two regions', async (DatabaseType) => {
    const dts = await start();
    for (const region of ['ap-guangzhou', 'ap-shanghai']) {
      const client = clientsOf(dts, region).dts;
      const { Instances } = await client.DescribeMigrateDBInstances({ DatabaseType });
      expect(Instances).not.toEqual([]);
    }
  });

  it('require an engine that DTS has', async () => {
    const { dts } = clientsOf(await start());
    const DatabaseType = 'dbase';
    expect(await codeOf(dts.DescribeMigrateDBInstances({ DatabaseType }))).toBe(
      'InvalidParameterValue.InvalidParameterValueError',
    );
    expect(await codeOf(dts.request('DescribeMigrateDBInstances', {}))).toBe('MissingParameter');
  });
});

describe('networks', () => {
  it('list the VPCs of the region', async () => {
    const dts = await start();
    const { VpcSet, TotalCount } = await clientsOf(dts).vpc.DescribeVpcs({});
    expect(TotalCount).toBe(2);
    expect(VpcSet?.map(({ VpcId, VpcName, CidrBlock }) => [VpcId, VpcName, CidrBlock])).toEqual([
      ['vpc-gz7prod1', 'production', '10.0.0.0/16'],
      ['vpc-gz7test2', 'staging <&> `*old*`', '10.1.0.0/16'],
    ]);
    const shanghai = await clientsOf(dts, 'ap-shanghai').vpc.DescribeVpcs({});
    expect(shanghai.VpcSet?.[0]?.VpcName).toBe('上海生产网络');
    const elsewhere = await clientsOf(dts, 'ap-beijing').vpc.DescribeVpcs({});
    expect(elsewhere).toMatchObject({ TotalCount: 0, VpcSet: [] });
  });

  it('list subnets, of one VPC if requested', async () => {
    const { vpc } = clientsOf(await start());
    const all = await vpc.DescribeSubnets({});
    expect(all.TotalCount).toBe(3);
    const some = await vpc.DescribeSubnets({
      Filters: [{ Name: 'vpc-id', Values: ['vpc-gz7test2'] }],
    });
    expect(some.SubnetSet).toHaveLength(1);
    expect(some.SubnetSet?.[0]).toMatchObject({
      SubnetId: 'subnet-gz7test3',
      VpcId: 'vpc-gz7test2',
      Zone: 'ap-guangzhou-6',
    });
  });

  it('list gateways with their states', async () => {
    const dts = await start();
    const { VpnGatewaySet } = await clientsOf(dts).vpc.DescribeVpnGateways({});
    expect(VpnGatewaySet?.map(({ VpnGatewayId, State }) => [VpnGatewayId, State])).toEqual([
      ['vpngw-gz7offic', 'AVAILABLE'],
      ['vpngw-gz7fresh', 'PENDING'],
    ]);
    const shanghai = clientsOf(dts, 'ap-shanghai').vpc;
    const { DirectConnectGatewaySet } = await shanghai.DescribeDirectConnectGateways({});
    expect(DirectConnectGatewaySet?.[0]).toMatchObject({
      DirectConnectGatewayId: 'dcg-sh4rack1',
      NetworkType: 'CCN',
      CcnId: 'ccn-main7net',
      VpcId: '',
    });
  });

  it('list the CCNs in all regions, because they join regions', async () => {
    const dts = await start();
    for (const region of ['ap-guangzhou', 'ap-beijing']) {
      const { CcnSet } = await clientsOf(dts, region).vpc.DescribeCcns({});
      expect(CcnSet?.map(({ CcnId, State }) => [CcnId, State])).toEqual([
        ['ccn-main7net', 'AVAILABLE'],
        ['ccn-old7net2', 'ISOLATED'],
      ]);
    }
  });

  it('accept only documented filters', async () => {
    const { vpc } = clientsOf(await start());
    const Filters = [{ Name: 'colour', Values: ['red'] }];
    expect(await codeOf(vpc.DescribeVpcs({ Filters }))).toBe('InvalidParameter');
  });
});

describe('machines', () => {
  it('are listed with state, zone, address and network', async () => {
    const { cvm } = clientsOf(await start());
    const { InstanceSet, TotalCount } = await cvm.DescribeInstances({});
    expect(TotalCount).toBe(2);
    expect(InstanceSet?.[0]).toMatchObject({
      InstanceId: 'ins-1a2b3c4d',
      InstanceState: 'RUNNING',
      RestrictState: 'NORMAL',
      Placement: { Zone: 'ap-guangzhou-4' },
      PrivateIpAddresses: ['10.0.2.100'],
      VirtualPrivateCloud: { VpcId: 'vpc-gz7prod1', SubnetId: 'subnet-gz7data2' },
    });
    expect(InstanceSet?.[1]).toMatchObject({ InstanceState: 'STOPPED' });
  });
});

describe('regions', () => {
  it('are listed without a region in the request', async () => {
    const dts = await start();
    const client = new RegionClient(configOf(dts));
    const { RegionSet, TotalCount } = await client.DescribeRegions({ Product: 'dts' });
    expect(RegionSet).toHaveLength(TotalCount ?? 0);
    expect(RegionSet).toContainEqual(
      expect.objectContaining({ Region: 'ap-guangzhou', RegionState: 'AVAILABLE' }),
    );
    expect(RegionSet).toContainEqual(expect.objectContaining({ RegionState: 'UNAVAILABLE' }));
    expect(dts.callsOf('DescribeRegions')[0]?.region).toBeUndefined();
  });
});

describe('secrets', () => {
  it('are listed by type, by default the user-defined ones', async () => {
    const { ssm } = clientsOf(await start());
    const own = await ssm.ListSecrets({ OrderType: 1 });
    expect(own.SecretMetadatas?.map(({ SecretName, Status }) => [SecretName, Status])).toEqual([
      ['orders-root', 'Enabled'],
      ['shop_migration', 'Enabled'],
      ['retired-root', 'Disabled'],
      ['leaving-root', 'PendingDelete'],
    ]);
    const products = await ssm.ListSecrets({ SecretType: 1 });
    expect(products.SecretMetadatas).toHaveLength(1);
    expect(products.SecretMetadatas?.[0]).toMatchObject({
      SecretName: 'orders-rotated',
      SecretType: 1,
      ProductName: 'Mysql',
      ResourceID: 'cdb-powiqx8q',
    });
    const disabled = await ssm.ListSecrets({ State: 2 });
    expect(disabled.SecretMetadatas?.map(({ SecretName }) => SecretName)).toEqual(['retired-root']);
    const named = await ssm.ListSecrets({ SearchSecretName: 'shop' });
    expect(named.TotalCount).toBe(1);
  });

  it('have versions, newest first', async () => {
    const { ssm } = clientsOf(await start());
    const { Versions } = await ssm.ListSecretVersionIds({ SecretName: 'orders-root' });
    expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(['v2', 'v1']);
    const [newest, oldest] = Versions ?? [];
    expect(newest?.CreateTime).toBeGreaterThan(oldest?.CreateTime ?? 0);
  });

  it('return their value as text or as base64, never both', async () => {
    const dts = await start();
    const text = { SecretName: 'orders-root', VersionId: 'v1' };
    expect(await clientsOf(dts).ssm.GetSecretValue(text)).toMatchObject({
      ...text,
      SecretString: 'playground-Orders-1',
      SecretBinary: '',
    });
    const binary = { SecretName: 'maps-binary', VersionId: 'v1' };
    const { SecretBinary, SecretString } = await clientsOf(dts, 'ap-shanghai').ssm.GetSecretValue(
      binary,
    );
    expect(SecretString).toBe('');
    expect(Buffer.from(SecretBinary ?? '', 'base64').toString()).toBe('playground-地图');
  });

  it('of a product have a current version, with user and password', async () => {
    const { ssm } = clientsOf(await start());
    const { SecretString } = await ssm.GetSecretValue({
      SecretName: 'orders-rotated',
      VersionId: 'SSM_Current',
    });
    expect(JSON.parse(SecretString ?? '')).toEqual({
      UserName: 'orders_b',
      Password: 'playground-Rotated-2',
    });
  });

  it.each([
    ['no-such-secret', 'v1', 'ResourceNotFound.SecretNotExist'],
    ['orders-root', 'v9', 'ResourceNotFound'],
    ['orders-root', 'SSM_Current', 'ResourceNotFound'],
    ['retired-root', 'v1', 'ResourceUnavailable.ResourceDisabled'],
    ['leaving-root', 'v1', 'ResourceUnavailable.ResourcePendingDeleted'],
  ])('%s %s is refused with %s', async (SecretName, VersionId, code) => {
    const { ssm } = clientsOf(await start());
    expect(await codeOf(ssm.GetSecretValue({ SecretName, VersionId }))).toBe(code);
  });

  it('are added by tests; the same name replaces the value', async () => {
    const dts = await start();
    const { ssm } = clientsOf(dts);
    const value = async () =>
      (await ssm.GetSecretValue({ SecretName: 'mine', VersionId: 'v1' })).SecretString;
    const mine = { region: 'ap-guangzhou', name: 'mine' };
    dts.add({ secrets: [{ ...mine, versions: [{ id: 'v1', text: 'one' }] }] });
    expect(await value()).toBe('one');
    dts.add({ secrets: [{ ...mine, versions: [{ id: 'v1', text: 'two' }] }] });
    expect(await value()).toBe('two');
  });
});

describe('pages', () => {
  const region = 'ap-beijing';
  const many = Array.from({ length: 150 }, (_, index) => index);

  it('have the requested length and start', async () => {
    const dts = await start();
    const vpcs = many.map((n) => ({ region, id: `vpc-${n}`, name: '', cidr: '10.0.0.0/16' }));
    dts.add({ vpcs });
    const { vpc } = clientsOf(dts, region);
    const first = await vpc.DescribeVpcs({});
    expect(first).toMatchObject({ TotalCount: 150 });
    expect(first.VpcSet).toHaveLength(20);
    const last = await vpc.DescribeVpcs({ Offset: '100', Limit: '100' });
    expect(last.VpcSet).toHaveLength(50);
    expect(last.VpcSet?.[0]?.VpcId).toBe('vpc-100');
  });

  it('longer than the service allows are refused', async () => {
    const { cvm, dts, ssm, vpc } = clientsOf(await start(), region);
    const Limit = 101;
    const DatabaseType = 'mysql';
    expect(await codeOf(vpc.DescribeVpcs({ Limit: '101' }))).toBe('InvalidParameterValue');
    expect(await codeOf(vpc.DescribeSubnets({ Limit: '101' }))).toBe('InvalidParameterValue');
    expect(await codeOf(vpc.DescribeVpnGateways({ Limit }))).toBe('InvalidParameterValue');
    expect(await codeOf(vpc.DescribeDirectConnectGateways({ Limit }))).toBe(
      'InvalidParameterValue',
    );
    expect(await codeOf(vpc.DescribeCcns({ Limit }))).toBe('InvalidParameterValue');
    expect(await codeOf(cvm.DescribeInstances({ Limit }))).toBe('InvalidParameterValue');
    expect(await codeOf(ssm.ListSecrets({ Limit }))).toBe('InvalidParameterValue');
    expect(await codeOf(dts.DescribeMigrateDBInstances({ DatabaseType, Limit }))).toBe(
      'InvalidParameterValue.InvalidParameterValueError',
    );
  });

  it('of VPCs and subnets are requested in text, all others in numbers', async () => {
    const { vpc } = clientsOf(await start(), region);
    expect(await codeOf(vpc.request('DescribeVpcs', { Limit: 100 }))).toBe('InvalidParameter');
    expect(await codeOf(vpc.request('DescribeSubnets', { Offset: 0 }))).toBe('InvalidParameter');
    expect(await codeOf(vpc.request('DescribeCcns', { Limit: '100' }))).toBe('InvalidParameter');
  });

  it('of length 0 only mean the default length in SSM', async () => {
    const { cvm, ssm } = clientsOf(await start(), region);
    expect(await codeOf(ssm.ListSecrets({ Limit: 0 }))).toBe('accepted');
    expect(await codeOf(cvm.DescribeInstances({ Limit: 0 }))).toBe('InvalidParameterValue');
  });
});

describe('every service', () => {
  it('checks the signature', async () => {
    const { ssm, vpc } = clientsOf(await start(), 'ap-guangzhou', 'not the key');
    expect(await codeOf(vpc.DescribeVpcs({}))).toBe('AuthFailure.SignatureFailure');
    const secret = { SecretName: 'orders-root', VersionId: 'v1' };
    expect(await codeOf(ssm.GetSecretValue(secret))).toBe('AuthFailure.SignatureFailure');
  });

  it('refuses what the account may not do, each with its code', async () => {
    const { dts, ssm } = clientsOf(await start({ allowedActions: ['ListSecrets'] }));
    expect(await codeOf(ssm.ListSecrets({}))).toBe('accepted');
    expect(await codeOf(ssm.ListSecretVersionIds({ SecretName: 'orders-root' }))).toBe(
      'UnauthorizedOperation',
    );
    expect(await codeOf(dts.DescribeMigrateDBInstances({ DatabaseType: 'mysql' }))).toBe(
      'UnauthorizedOperation.NotEnoughPrivileges',
    );
  });

  it('needs a region', async () => {
    const dts = await start();
    const client = new VpcClient(configOf(dts));
    expect(await codeOf(client.DescribeVpcs({}))).toBe('MissingParameter');
  });

  it('has a separate limit of calls per second', async () => {
    const nowMs = Date.now();
    const { dts, vpc } = clientsOf(await start({ now: () => nowMs }));
    const refused = async (calls: number, call: () => Promise<unknown>) => {
      const codes = await Promise.all(Array.from({ length: calls }, () => codeOf(call())));
      return codes.filter((code) => code === 'RequestLimitExceeded').length;
    };
    expect(await refused(101, () => vpc.DescribeVpcs({}))).toBe(1);
    const DatabaseType = 'mysql';
    expect(await refused(21, () => dts.DescribeMigrateDBInstances({ DatabaseType }))).toBe(1);
  });

  it('applies the faults planned for its actions, and records its calls', async () => {
    const dts = await start();
    const { vpc } = clientsOf(dts);
    dts.next({ kind: 'code', code: 'InternalError' }, { action: 'DescribeVpcs' });
    const answer = { kind: 'answer', fields: { TotalCount: 1, VpcSet: [7] } } as const;
    dts.next(answer, { action: 'DescribeVpcs' });
    expect(await codeOf(vpc.DescribeVpcs({}))).toBe('InternalError');
    expect(await vpc.DescribeVpcs({})).toMatchObject({ TotalCount: 1, VpcSet: [7] });
    expect(await codeOf(vpc.DescribeVpcs({}))).toBe('accepted');
    expect(dts.callsOf('DescribeVpcs').map(({ verdict }) => verdict.kind)).toEqual([
      'faulted',
      'faulted',
      'accepted',
    ]);
    expect(dts.callsOf('DescribeVpcs')[0]).toMatchObject({
      version: '2017-03-12',
      region: 'ap-guangzhou',
    });
  });
});

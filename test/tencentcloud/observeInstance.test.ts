import type { DestinationEngine } from '../../src/domain/migration/engines';
import { observeInstance } from '../../src/tencentcloud/observeInstance';
import { accountAt } from '../support/accountAt';
import { type CloudServer, startCloudServer } from '../support/cloudServer';

const never = new AbortController().signal;
let cloud: CloudServer;
beforeEach(async () => {
  cloud = await startCloudServer();
});
afterEach(() => cloud.stop());

const id = 'x-1';
const observe = (engine: DestinationEngine) =>
  observeInstance(accountAt(cloud.host), { engine, id, region: 'ap-shanghai', role: 'dst' }, never);
const seen = (changes: object = {}) =>
  cloud.answer('DescribeMigrateDBInstances', {
    TotalCount: 1,
    Instances: [{ InstanceId: id, InstanceName: 'orders', Usable: 1, Hint: '', ...changes }],
  });

/** What each product returns about its instances, and how Ferry asks for one. */
const products: readonly (readonly [DestinationEngine, string, object, object, object])[] = [
  [
    'mysql',
    'DescribeDBInstances',
    { InstanceIds: [id] },
    { Items: [{ InstanceId: id, EngineVersion: '8.0', Memory: 4_000, Volume: 100 }] },
    { version: '8.0', memoryMb: 4_000, diskGb: 100 },
  ],
  [
    'redis',
    'DescribeInstances',
    { InstanceId: id },
    { InstanceSet: [{ InstanceId: id, CurrentRedisVersion: '6.2', Size: 2_048 }] },
    { version: '6.2', memoryMb: 2_048 },
  ],
  [
    'mongodb',
    'DescribeDBInstances',
    { InstanceIds: [id] },
    {
      InstanceDetails: [
        { InstanceId: id, MongoVersion: 'MONGO_40_WT', Memory: 4_096, Volume: 10_240 },
      ],
    },
    { version: '4.0', memoryMb: 4_096, diskGb: 10 },
  ],
  [
    'postgresql',
    'DescribeDBInstances',
    { Filters: [{ Name: 'db-instance-id', Values: [id] }] },
    {
      DBInstanceSet: [
        { DBInstanceId: id, DBVersion: '14.2', DBInstanceMemory: 4, DBInstanceStorage: 50 },
      ],
    },
    { version: '14.2', memoryMb: 4_096, diskGb: 50 },
  ],
  [
    'sqlserver',
    'DescribeDBInstances',
    { InstanceIdSet: [id] },
    { DBInstances: [{ InstanceId: id, Version: '2019', Memory: 8, Storage: 60 }] },
    { version: '2019', memoryMb: 8_192, diskGb: 60 },
  ],
];

it.each(products)(
  'returns the name, version and size of an instance of %s',
  async (engine, action, body, answer, facts) => {
    seen();
    cloud.answer(action, answer);
    expect(await observe(engine)).toEqual({ kind: 'seen', instance: { name: 'orders', ...facts } });
    expect(cloud.calls).toContainEqual({ action, body });
    expect(cloud.calls).toContainEqual({
      action: 'DescribeMigrateDBInstances',
      body: { DatabaseType: engine, MigrateRole: 'dst', InstanceId: id, Offset: 0, Limit: 20 },
    });
  },
);

it.each([
  [{ InstanceId: id }, {}],
  [{ InstanceId: id, EngineVersion: '', Memory: 0, Volume: -1 }, {}],
  [{ InstanceId: id, EngineVersion: '8.0' }, { version: '8.0' }],
  [{ InstanceId: id, Memory: 4_000 }, { memoryMb: 4_000 }],
  [{ InstanceId: id, EngineVersion: '8.0', Memory: 'much' }, { version: '8.0' }],
  [{ InstanceId: id, Volume: 100 }, { diskGb: 100 }],
  [{ InstanceId: 'other', EngineVersion: '8.0' }, {}],
  [{ EngineVersion: '8.0' }, {}],
  [{ InstanceId: id, EngineVersion: 'v'.repeat(101) }, { version: 'v'.repeat(100) }],
])('leaves out what a product does not say: %j', async (entry, facts) => {
  seen();
  cloud.answer('DescribeDBInstances', { Items: [entry] });
  expect(await observe('mysql')).toEqual({ kind: 'seen', instance: { name: 'orders', ...facts } });
});

it.each([
  [{ Usable: 0, Hint: 'isolated' }, { unusable: 'isolated' }],
  [{ Usable: 0, Hint: '' }, { unusable: 'Usable 0' }],
  [{ Usable: null, Hint: 'isolated' }, {}],
  [{ Usable: 1, Hint: 'isolated' }, {}],
])('says why DTS cannot use an instance: %j', async (changes, facts) => {
  seen(changes);
  cloud.answer('DescribeDBInstances', { Items: [] });
  expect(await observe('mysql')).toEqual({ kind: 'seen', instance: { name: 'orders', ...facts } });
});

it('asks only DTS about an engine whose product is left out', async () => {
  seen();
  expect(await observe('mariadb')).toEqual({ kind: 'seen', instance: { name: 'orders' } });
  expect(cloud.calls.map(({ action }) => action)).toEqual(['DescribeMigrateDBInstances']);
});

it('returns the facts of one service if the other fails, and nothing if both fail', async () => {
  expect(await observe('mysql')).toEqual({ kind: 'unknown' });
  seen();
  expect(await observe('mysql')).toEqual({ kind: 'seen', instance: { name: 'orders' } });
  cloud.answer('DescribeMigrateDBInstances', { Error: { Code: 'InternalError', Message: 'no' } });
  cloud.answer('DescribeDBInstances', { Items: [{ InstanceId: id, Volume: 100 }] });
  expect(await observe('mysql')).toEqual({ kind: 'seen', instance: { name: '', diskGb: 100 } });
  cloud.answer('DescribeDBInstances', {});
  expect(await observe('mysql')).toEqual({ kind: 'unknown' });
});

const missing = { Error: { Code: 'InvalidParameter.InstanceNotFound', Message: 'no' } };
const forbidden = { Error: { Code: 'UnauthorizedOperation', Message: 'no' } };
const empty = { Instances: [] };
it.each<[string, DestinationEngine, object, object, string]>([
  ['both services list others', 'mysql', empty, { Items: [] }, 'absent'],
  ['the product does not know the ID', 'mysql', empty, missing, 'absent'],
  ['neither service knows the ID', 'mysql', missing, missing, 'absent'],
  ['the product is not asked', 'mariadb', empty, {}, 'absent'],
  ['the product may not be asked', 'mysql', empty, forbidden, 'unknown'],
  ['DTS may not be asked', 'mysql', forbidden, { Items: [] }, 'unknown'],
  ['DTS answers without a list', 'mariadb', {}, {}, 'unknown'],
])('an instance is absent only if every service says so: %s', async (...row) => {
  const [, engine, dts, product, kind] = row;
  cloud.answer('DescribeMigrateDBInstances', dts);
  cloud.answer('DescribeDBInstances', product);
  expect(await observe(engine)).toEqual({ kind });
});

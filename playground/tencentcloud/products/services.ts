import { z } from 'zod';
import type { DatabaseInstance } from '../dts/databaseInstance';
import type { Action } from '../endpoint/action';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';
import { type Service, UNAUTHORIZED } from '../endpoint/service';

const ids = z.array(z.string()).optional();
const page = pageParameters(100);

/** How a product lists its instances. Fields: the models of the SDK, without unused ones. */
interface Product {
  name: string;
  version: string;
  action: string;
  engine: string;
  list: string;
  request: z.ZodType<{ ids: readonly string[] | undefined; Offset: number; Limit: number }>;
  write(instance: DatabaseInstance): object;
}

const named = (field: 'InstanceIds' | 'InstanceIdSet') =>
  z.strictObject({ [field]: ids, ...page }).transform(({ Offset, Limit, ...rest }) => ({
    ...{ ids: ids.parse(Reflect.get(rest, field)), Offset: Number(Offset), Limit: Number(Limit) },
  }));

const products: readonly Product[] = [
  {
    ...{ name: 'cdb', version: '2017-03-20', action: 'DescribeDBInstances' },
    ...{ engine: 'mysql', list: 'Items', request: named('InstanceIds') },
    write: ({ diskGb, id, memoryMb, name, version }) => ({
      ...{ InstanceId: id, InstanceName: name, EngineVersion: version ?? '8.0' },
      ...{ Memory: memoryMb ?? 4_000, Volume: diskGb ?? 100, Status: 1 },
    }),
  },
  {
    ...{ name: 'redis', version: '2018-04-12', action: 'DescribeInstances' },
    ...{ engine: 'redis', list: 'InstanceSet' },
    request: z
      .strictObject({ InstanceId: z.string().optional(), ...page })
      .transform(({ InstanceId, Limit, Offset }) => ({
        ...{ ids: InstanceId === undefined ? undefined : [InstanceId], Limit, Offset },
      })),
    write: ({ id, memoryMb, name, version }) => ({
      ...{ InstanceId: id, InstanceName: name, CurrentRedisVersion: version ?? '6.2.13' },
      ...{ Size: memoryMb ?? 1_024, Status: 2 },
    }),
  },
  {
    ...{ name: 'mongodb', version: '2019-07-25', action: 'DescribeDBInstances' },
    ...{ engine: 'mongodb', list: 'InstanceDetails', request: named('InstanceIds') },
    write: ({ diskGb, id, memoryMb, name, version }) => ({
      ...{ InstanceId: id, InstanceName: name, MongoVersion: version ?? 'MONGO_60_WT' },
      ...{ Memory: memoryMb ?? 4_096, Volume: (diskGb ?? 100) * 1_024, Status: 2 },
    }),
  },
  {
    ...{ name: 'postgres', version: '2017-03-12', action: 'DescribeDBInstances' },
    ...{ engine: 'postgresql', list: 'DBInstanceSet' },
    request: z
      .strictObject({
        Filters: z
          .array(z.strictObject({ Name: z.literal('db-instance-id'), Values: z.array(z.string()) }))
          .optional(),
        ...page,
      })
      .transform(({ Filters, Limit, Offset }) => ({ ids: Filters?.[0]?.Values, Limit, Offset })),
    write: ({ diskGb, id, memoryMb, name, version }) => ({
      ...{ DBInstanceId: id, DBInstanceName: name, DBVersion: version ?? '15.1' },
      ...{ DBInstanceMemory: (memoryMb ?? 4_096) / 1_024, DBInstanceStorage: diskGb ?? 100 },
    }),
  },
  {
    ...{ name: 'sqlserver', version: '2018-03-28', action: 'DescribeDBInstances' },
    ...{ engine: 'sqlserver', list: 'DBInstances', request: named('InstanceIdSet') },
    write: ({ diskGb, id, memoryMb, name, version }) => ({
      ...{ InstanceId: id, Name: name, Version: version ?? '2019' },
      ...{ Memory: (memoryMb ?? 4_096) / 1_024, Storage: diskGb ?? 100 },
    }),
  },
];

const listing =
  ({ engine, list, request, write }: Product): Action =>
  (parameters, { region, holdings }) => {
    const parsed = parseParameters(request, parameters);
    if (parsed.kind === 'refused') return parsed;
    const wanted = parsed.value.ids;
    const found = holdings.instances
      .in(region)
      .filter((each) => each.engine === engine && (wanted?.includes(each.id) ?? true));
    return {
      kind: 'accepted',
      fields: { TotalCount: found.length, [list]: pageOf(found, parsed.value).map(write) },
    };
  };

/** The TencentDB products, each of which lists the instances of its engine. */
export const productServices: readonly Service[] = products.map((product) => ({
  name: product.name,
  version: product.version,
  needsRegion: true,
  forbidden: UNAUTHORIZED,
  actions: new Map([[product.action, listing(product)]]),
  callsPerSecond: {},
}));

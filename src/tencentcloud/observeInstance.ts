import { z } from 'zod';
import type { DestinationEngine } from '../domain/migration/engines';
import type { ObservedInstance } from '../domain/request/observation';
import type { InstanceQuery } from '../ports/catalogue';
import { type CloudAccount, callCloud } from './callCloud';
import { id as idSchema, line, text } from './listings/listing';
import * as services from './services';

/** Foreign text on a card. */
const longestText = 100;
const short = text.transform((value) => value.slice(0, longestText));
const amount = z.number().positive().optional().catch(undefined);

/** The facts that a product returns about an instance. Some may be missing. */
type Said = Partial<ObservedInstance>;

/** How a product lists one of its instances. */
interface Product {
  service: services.Service;
  action: string;
  body(id: string): object;
  /** The field of the response that contains the list. */
  list: string;
  /** Reads an entry of the list; `id` identifies the instance. */
  entry: z.ZodType<Said & { id: string }>;
}

const mbOf = (gb: number | undefined) => (gb === undefined ? undefined : gb * 1_024);
const gbOf = (mb: number | undefined) => (mb === undefined ? undefined : Math.round(mb / 1_024));

/**
 * DTS returns the name of each instance. Only its product returns its version and size. Fields: the
 * models of the SDK. MariaDB, Percona and TDSQL-C are left out.
 */
const products: Readonly<Partial<Record<DestinationEngine, Product>>> = {
  mysql: {
    service: services.cdb,
    action: 'DescribeDBInstances',
    body: (id) => ({ InstanceIds: [id] }),
    list: 'Items',
    entry: z
      .object({ InstanceId: idSchema, EngineVersion: short, Memory: amount, Volume: amount })
      .transform(({ InstanceId, EngineVersion, Memory, Volume }) => ({
        ...{ id: InstanceId, version: EngineVersion, memoryMb: Memory, diskGb: Volume },
      })),
  },
  redis: {
    service: services.redis,
    action: 'DescribeInstances',
    body: (id) => ({ InstanceId: id }),
    list: 'InstanceSet',
    entry: z
      .object({ InstanceId: idSchema, CurrentRedisVersion: short, Size: amount })
      .transform(({ InstanceId, CurrentRedisVersion, Size }) => ({
        ...{ id: InstanceId, version: CurrentRedisVersion, memoryMb: Size },
      })),
  },
  mongodb: {
    service: services.mongodb,
    action: 'DescribeDBInstances',
    body: (id) => ({ InstanceIds: [id] }),
    list: 'InstanceDetails',
    entry: z
      .object({ InstanceId: idSchema, MongoVersion: short, Memory: amount, Volume: amount })
      .transform(({ InstanceId, MongoVersion, Memory, Volume }) => ({
        id: InstanceId,
        // MONGO_40_WT is 4.0.
        version: MongoVersion.replace(/^MONGO_(\d)(\d+)_.*$/, '$1.$2'),
        memoryMb: Memory,
        diskGb: gbOf(Volume),
      })),
  },
  postgresql: {
    service: services.postgres,
    action: 'DescribeDBInstances',
    body: (id) => ({ Filters: [{ Name: 'db-instance-id', Values: [id] }] }),
    list: 'DBInstanceSet',
    entry: z
      .object({
        DBInstanceId: idSchema,
        DBVersion: short,
        DBInstanceMemory: amount,
        DBInstanceStorage: amount,
      })
      .transform(({ DBInstanceId, DBVersion, DBInstanceMemory, DBInstanceStorage }) => ({
        id: DBInstanceId,
        version: DBVersion,
        memoryMb: mbOf(DBInstanceMemory),
        diskGb: DBInstanceStorage,
      })),
  },
  sqlserver: {
    service: services.sqlserver,
    action: 'DescribeDBInstances',
    body: (id) => ({ InstanceIdSet: [id] }),
    list: 'DBInstances',
    entry: z
      .object({ InstanceId: idSchema, Version: short, Memory: amount, Storage: amount })
      .transform(({ InstanceId, Version, Memory, Storage }) => ({
        ...{ id: InstanceId, version: Version, memoryMb: mbOf(Memory), diskGb: Storage },
      })),
  },
};

/** The facts from DTS, which also decides whether an instance can be the source or target. */
const asSeenByDts = ({ engine, role }: InstanceQuery): Product => ({
  service: services.dtsInstances,
  action: 'DescribeMigrateDBInstances',
  body: (id) => ({ DatabaseType: engine, MigrateRole: role, InstanceId: id, Offset: 0, Limit: 20 }),
  list: 'Instances',
  entry: z
    .object({
      InstanceId: idSchema,
      InstanceName: short,
      Usable: z.number().nullish(),
      Hint: short,
    })
    .transform(({ InstanceId, InstanceName, Usable, Hint }) => ({
      id: InstanceId,
      name: InstanceName,
      unusable: Usable === 0 ? (line(Hint) ?? 'Usable 0') : undefined,
    })),
});

/**
 * The account's current facts about an instance; `undefined` if there are none. Facts that a
 * service doesn't return are left out. Never throws; `abandon` ends the wait.
 */
export async function observeInstance(
  account: CloudAccount,
  query: InstanceQuery,
  abandon: AbortSignal,
): Promise<ObservedInstance | undefined> {
  const product = products[query.engine];
  const [seen, details] = await Promise.all([
    ask(account, query, asSeenByDts(query), abandon),
    product === undefined ? undefined : ask(account, query, product, abandon),
  ]);
  if (seen === undefined && details === undefined) return undefined;
  const { name = '', unusable } = { ...seen };
  const { version = '', memoryMb, diskGb } = { ...details };
  return {
    name,
    ...(version === '' ? {} : { version }),
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(diskGb === undefined ? {} : { diskGb }),
    ...(unusable === undefined ? {} : { unusable }),
  };
}

async function ask(
  account: CloudAccount,
  { id, region }: InstanceQuery,
  { action, body, entry, list, service }: Product,
  abandon: AbortSignal,
): Promise<Said | undefined> {
  const call = { service, action, region, body: body(id) };
  const called = await callCloud(account, call, { secrets: [], abandon });
  if (!called.ok) return undefined;
  const listed = z.array(z.unknown()).safeParse(Reflect.get(Object(called.answer), list));
  return (listed.data ?? [])
    .flatMap((raw) => entry.safeParse(raw).data ?? [])
    .find((each) => each.id === id);
}

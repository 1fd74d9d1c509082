import { z } from 'zod';
import type { DestinationEngine } from '../domain/migration/engines';
import type { ObservedInstance } from '../domain/request/observation';
import { id as idSchema, text } from './listings/listing';
import * as services from './services';

/** Foreign text on a card. */
const longestText = 100;
export const short = text.transform((value) => value.slice(0, longestText));
const amount = z.number().positive().optional().catch(undefined);

/** How to list the instances of a product. All products here list them in pages. */
export interface InstanceList {
  service: services.Service;
  action: string;
  /** Limits the list to one instance. */
  only(id: string): object;
  /** The field of the response that contains the list. */
  list: string;
  /** Reads an entry of the list. Facts may be missing. */
  entry: z.ZodType<Partial<ObservedInstance> & { id: string }>;
}

const mbOf = (gb: number | undefined) => (gb === undefined ? undefined : gb * 1_024);
const gbOf = (mb: number | undefined) => (mb === undefined ? undefined : Math.round(mb / 1_024));

/**
 * DTS returns the name of each instance. Only its product returns its version and size. Fields: the
 * models of the SDK. MariaDB, Percona and TDSQL-C are left out.
 */
export const products: Readonly<Partial<Record<DestinationEngine, InstanceList>>> = {
  mysql: {
    service: services.cdb,
    action: 'DescribeDBInstances',
    only: (id) => ({ InstanceIds: [id] }),
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
    only: (id) => ({ InstanceId: id }),
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
    only: (id) => ({ InstanceIds: [id] }),
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
    only: (id) => ({ Filters: [{ Name: 'db-instance-id', Values: [id] }] }),
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
    only: (id) => ({ InstanceIdSet: [id] }),
    list: 'DBInstances',
    entry: z
      .object({ InstanceId: idSchema, Version: short, Memory: amount, Storage: amount })
      .transform(({ InstanceId, Version, Memory, Storage }) => ({
        ...{ id: InstanceId, version: Version, memoryMb: mbOf(Memory), diskGb: Storage },
      })),
  },
};

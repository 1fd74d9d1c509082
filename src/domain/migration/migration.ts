import { z } from 'zod';
import { databaseObject } from '../databases/databaseObject';
import { accessTypes, destinationEngines, sourceEngines } from './engines';

/**
 * The source, with the API's field names and without secrets. The access type, engine and supplier
 * decide which fields it has; see `fields.ts`.
 */
const source = z.strictObject({
  Region: z.string().exactOptional(),
  Supplier: z.enum(['others', 'aliyun']).exactOptional(),
  Ip: z.string().exactOptional(),
  Port: z.int().exactOptional(),
  User: z.string().exactOptional(),
  InstanceId: z.string().exactOptional(),
  CvmInstanceId: z.string().exactOptional(),
  UniqDcgId: z.string().exactOptional(),
  UniqVpnGwId: z.string().exactOptional(),
  CcnId: z.string().exactOptional(),
  VpcId: z.string().exactOptional(),
  SubnetId: z.string().exactOptional(),
  RdsInstanceId: z.string().exactOptional(),
  EngineVersion: z.enum(['5.6', '5.7']).exactOptional(),
});
export type Source = z.infer<typeof source>;

const percent = z.int().min(1).max(100);

/** Settings of a redis source. Sizes are in MB, times in seconds. */
const redisSettings = z.strictObject({
  ClientOutputBufferHardLimit: z.int().exactOptional(),
  ClientOutputBufferSoftLimit: z.int().exactOptional(),
  ClientOutputBufferPersistTime: z.int().exactOptional(),
  ReplBacklogSize: z.int().exactOptional(),
  ReplTimeout: z.int().exactOptional(),
});

/** The login to a mongodb source. The flag is 0 if the source needs no account. */
const mongodbLogin = z.strictObject({
  SrcAuthFlag: z.literal(['0', '1']),
  SrcAuthDatabase: z.string().exactOptional(),
  SrcAuthMechanism: z.string().exactOptional(),
});

/**
 * What a job migrates, from where to where and how: the parameters of `CreateMigrateJob` (DTS
 * 2018-03-30) under their own names, as typed values. Choices keep the API's number, which the
 * form, presets and the audit log use too. Secrets are kept apart from the start and added at
 * launch.
 */
export const migrationParameters = z.strictObject({
  JobName: z.string(),
  MigrateOption: z.strictObject({
    RunMode: z.literal([1, 2]),
    ExpectTime: z.date().exactOptional(),
    MigrateType: z.literal([1, 2, 3]),
    MigrateObject: z.literal([1, 2]),
    ConsistencyType: z.literal([1, 2, 3, 4, 5]),
    ConsistencyParams: z
      .strictObject({
        SelectRowsPerTable: percent,
        TablesSelectAll: percent,
        TablesSelectCount: percent,
      })
      .exactOptional(),
    IsOverrideRoot: z.literal([0, 1]).exactOptional(),
    ExternParams: z.union([redisSettings, mongodbLogin]).exactOptional(),
  }),
  SrcDatabaseType: z.enum(sourceEngines),
  SrcAccessType: z.enum(accessTypes),
  SrcNodeType: z.literal('cluster').exactOptional(),
  SrcInfo: source,
  /** The nodes of a cluster outside of TencentDB, each with all fields. */
  SrcInfoMulti: z.array(source).exactOptional(),
  DstDatabaseType: z.enum(destinationEngines),
  DstAccessType: z.literal('cdb'),
  DstInfo: z.strictObject({
    Region: z.string(),
    InstanceId: z.string(),
    User: z.string().exactOptional(),
    ReadOnly: z.literal([0, 1]).exactOptional(),
  }),
  /** Missing if the whole instance is migrated. */
  DatabaseInfo: z.array(databaseObject).readonly().exactOptional(),
  Tags: z
    .array(z.strictObject({ TagKey: z.string(), TagValue: z.string().exactOptional() }))
    .exactOptional(),
});
export type MigrationParameters = z.infer<typeof migrationParameters>;

import { z } from 'zod';
import { accessTypes, destinationEngines, sourceEngines } from './engines';

/**
 * Where the data come from, by the API's own names and without any secret. Which fields are there
 * depends on the access type, the engine and the supplier; `fields.ts` knows.
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

/**
 * The parameters of `CreateMigrateJob` (DTS 2018-03-30) by the API's own names, nested and typed as
 * it takes them. Secrets are kept apart from the moment they are typed, and added at launch.
 */
export const migrationParameters = z.strictObject({
  JobName: z.string(),
  MigrateOption: z.strictObject({
    RunMode: z.literal([1, 2]),
    /** UTC+8, `yyyy-mm-dd hh:mm:ss`. */
    ExpectTime: z.string().exactOptional(),
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
    /** A JSON object as text: settings of redis, or how mongodb authenticates. */
    ExternParams: z.string().exactOptional(),
  }),
  SrcDatabaseType: z.enum(sourceEngines),
  SrcAccessType: z.enum(accessTypes),
  SrcNodeType: z.literal('cluster').exactOptional(),
  SrcInfo: source,
  /** The nodes of a cluster that is no TencentDB instance, each whole. */
  SrcInfoMulti: z.array(source).exactOptional(),
  DstDatabaseType: z.enum(destinationEngines),
  DstAccessType: z.literal('cdb'),
  DstInfo: z.strictObject({
    Region: z.string(),
    InstanceId: z.string(),
    User: z.string().exactOptional(),
    ReadOnly: z.literal([0, 1]).exactOptional(),
  }),
  /** A JSON array as text, where databases and tables are named. */
  DatabaseInfo: z.string().exactOptional(),
  Tags: z
    .array(z.strictObject({ TagKey: z.string(), TagValue: z.string().exactOptional() }))
    .exactOptional(),
});
export type MigrationParameters = z.infer<typeof migrationParameters>;

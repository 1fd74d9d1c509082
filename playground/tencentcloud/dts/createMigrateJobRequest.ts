import { z } from 'zod';
import { regionName } from '../region/regionInfo';

const SOURCE_ENGINES = [
  'mysql',
  'redis',
  'mongodb',
  'postgresql',
  'mariadb',
  'percona',
  'sqlserver',
] as const;

const ACCESS_TYPES = ['extranet', 'cvm', 'dcg', 'vpncloud', 'vpnselfbuild', 'cdb', 'ccn'] as const;

/** An optional ID such as vpc-1a2b3c4d. A blank one is treated as missing. */
const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^(${prefix}-[0-9a-z]+)?$`), `must look like ${prefix}-xxxxxxxx`)
    .optional();

const text = z.string().optional();
const port = z.int().min(1).max(65535).optional();
const region = z
  .string()
  .regex(new RegExp(`^$|${regionName.source}`), 'must be a region such as ap-guangzhou')
  .optional();
const oneOf = <const T extends readonly number[]>(...values: T) => z.literal(values);

const srcInfo = z.strictObject({
  Region: region,
  Ip: text,
  Port: port,
  User: text,
  Password: text,
  Supplier: z.enum(['others', 'aliyun', '']).optional(),
  AccessKey: text,
  RdsInstanceId: text,
  EngineVersion: z.enum(['5.6', '5.7', '']).optional(),
  InstanceId: id('[a-z0-9]+'),
  CvmInstanceId: id('ins'),
  UniqDcgId: id('dcg'),
  UniqVpnGwId: id('vpngw'),
  VpcId: id('vpc'),
  SubnetId: id('subnet'),
  CcnId: id('ccn'),
});

const dstInfo = z.strictObject({
  Region: z.string().regex(regionName, 'must be a region such as ap-guangzhou'),
  InstanceId: z.string().regex(/^[a-z0-9]+-[0-9a-z]+$/, 'must look like cdb-xxxxxxxx'),
  User: text,
  Password: text,
  ReadOnly: oneOf(0, 1).optional(),
  // Both are deprecated but still defined.
  Ip: text,
  Port: port,
});

const percentage = z.int().min(1).max(100);

const migrateOption = z.strictObject({
  RunMode: oneOf(1, 2),
  ExpectTime: text,
  MigrateType: oneOf(1, 2, 3).optional(),
  MigrateObject: oneOf(1, 2).optional(),
  ConsistencyType: oneOf(1, 2, 3, 4, 5).optional(),
  IsOverrideRoot: oneOf(0, 1).optional(),
  ExternParams: text,
  ConsistencyParams: z
    .strictObject({
      SelectRowsPerTable: percentage,
      TablesSelectAll: percentage,
      TablesSelectCount: percentage,
    })
    .optional(),
});

/**
 * The parameters of CreateMigrateJob, each checked separately. `brokenRule` checks them together.
 *
 * Source: dts_models.d.ts of tencentcloud-sdk-nodejs 4.1.313 (dts v20180330) and the API page,
 * whose `vpnselfbuild` is still accepted. The 128 characters of JobName are documented for
 * 2021-12-06.
 */
export const createMigrateJobRequest = z.strictObject({
  JobName: z.string().min(1).max(128),
  MigrateOption: migrateOption,
  SrcDatabaseType: z.enum(SOURCE_ENGINES),
  SrcAccessType: z.enum(ACCESS_TYPES),
  SrcInfo: srcInfo,
  DstDatabaseType: z.enum([...SOURCE_ENGINES, 'cynosdbmysql']),
  DstAccessType: z.enum(['cdb']),
  DstInfo: dstInfo,
  DatabaseInfo: text,
  Tags: z.array(z.strictObject({ TagKey: z.string().min(1), TagValue: text })).optional(),
  SrcNodeType: z.enum(['', 'simple', 'cluster']).optional(),
  SrcInfoMulti: z.array(srcInfo).optional(),
});

export type CreateMigrateJobRequest = z.infer<typeof createMigrateJobRequest>;
export type SrcInfo = z.infer<typeof srcInfo>;
export type AccessType = CreateMigrateJobRequest['SrcAccessType'];

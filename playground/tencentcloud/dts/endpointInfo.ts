import { z } from 'zod';
import type { CreateMigrateJobRequest, SrcInfo } from './createMigrateJobRequest';

const text = z.string().optional();
const pairs = z.array(z.strictObject({ Key: text, Value: text })).optional();

const dbInfo = z.strictObject({
  ...{ Role: text, DbKernel: text, Host: text, Port: z.int().min(0).max(65535).optional() },
  ...{ User: text, Password: text, CvmInstanceId: text, UniqVpnGwId: text, UniqDcgId: text },
  ...{ InstanceId: text, CcnGwId: text, VpcId: text, SubnetId: text, EngineVersion: text },
  ...{ Account: text, AccountRole: text, AccountMode: text, TmpSecretId: text },
  ...{ TmpSecretKey: text, TmpToken: text, EncryptConn: text, SetId: text },
});

/** An end of a migration, as 2021-12-06 writes it: `DBEndpointInfo`. */
export const dbEndpointInfo = z.strictObject({
  Region: z.string().min(1),
  AccessType: z.string().min(1),
  DatabaseType: z.string().min(1),
  NodeType: z.string(),
  Info: z.array(dbInfo).min(1),
  Supplier: text,
  ExtraAttr: pairs,
  DatabaseNetEnv: text,
  ConnectType: text,
  CcnOwnerUin: text,
});

export type DbEndpointInfo = z.infer<typeof dbEndpointInfo>;
type DbInfo = z.infer<typeof dbInfo>;

/** Hides a secret as the official example of DescribeMigrationDetail does. */
const HIDDEN = 'xxx';

const BLANK = {
  ...{ Account: '', AccountMode: '', AccountRole: '', CcnGwId: '', CvmInstanceId: '' },
  ...{ DbKernel: '', EngineVersion: '', Host: '', InstanceId: '', Password: '', Port: 0 },
  ...{ Role: '', SubnetId: '', TmpSecretId: '', TmpSecretKey: '', TmpToken: '' },
  ...{ UniqDcgId: '', UniqVpnGwId: '', User: '', VpcId: '' },
} as const satisfies DbInfo;

const shown = (password: string | undefined, showsPassword: boolean): string => {
  if (password === undefined) return '';
  return showsPassword ? password : HIDDEN;
};

/** The source of a job in the words of 2021-12-06. Its password is hidden unless asked. */
export function sourceInfo(request: CreateMigrateJobRequest, showsPassword: boolean) {
  const nodes = request.SrcInfoMulti ?? [];
  return {
    AccessType: request.SrcAccessType,
    DatabaseType: request.SrcDatabaseType,
    ExtraAttr: [],
    Info: (nodes.length > 0 ? nodes : [request.SrcInfo]).map((node) => ({
      ...BLANK,
      CcnGwId: node.CcnId ?? '',
      CvmInstanceId: node.CvmInstanceId ?? '',
      EngineVersion: node.EngineVersion ?? '',
      Host: node.Ip ?? '',
      InstanceId: node.InstanceId ?? '',
      Password: shown(node.Password, showsPassword),
      Port: node.Port ?? 0,
      SubnetId: node.SubnetId ?? '',
      UniqDcgId: node.UniqDcgId ?? '',
      UniqVpnGwId: node.UniqVpnGwId ?? '',
      User: node.User ?? '',
      VpcId: node.VpcId ?? '',
    })),
    NodeType: request.SrcNodeType === 'cluster' ? 'cluster' : 'simple',
    Region: request.SrcInfo.Region ?? '',
    Supplier: request.SrcInfo.Supplier ?? '',
  };
}

/** The same for its target. */
export function targetInfo(
  { DstAccessType, DstDatabaseType, DstInfo }: CreateMigrateJobRequest,
  showsPassword: boolean,
) {
  return {
    AccessType: DstAccessType,
    DatabaseType: DstDatabaseType,
    ExtraAttr: [],
    Info: [
      {
        ...BLANK,
        InstanceId: DstInfo.InstanceId,
        Password: shown(DstInfo.Password, showsPassword),
        User: DstInfo.User ?? '',
      },
    ],
    NodeType: 'simple',
    Region: DstInfo.Region,
    Supplier: '',
  };
}

/** A node of a source in the words of 2018-03-30. Blank values are left out. */
export function nodeOf(end: DbEndpointInfo, info: DbInfo): SrcInfo {
  const given = {
    Region: end.Region,
    Supplier: end.Supplier === 'aliyun' ? 'aliyun' : 'others',
    Ip: info.Host,
    Port: info.Port === 0 ? undefined : info.Port,
    User: info.User,
    Password: info.Password,
    EngineVersion: info.EngineVersion,
    InstanceId: info.InstanceId,
    CvmInstanceId: info.CvmInstanceId,
    UniqDcgId: info.UniqDcgId,
    UniqVpnGwId: info.UniqVpnGwId,
    VpcId: info.VpcId,
    SubnetId: info.SubnetId,
    CcnId: info.CcnGwId,
  } as const;
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  );
}

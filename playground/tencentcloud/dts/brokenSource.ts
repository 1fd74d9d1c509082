import { missing } from '../endpoint/parseParameters';
import type { Refusal } from '../endpoint/refusal';
import { conflict } from './conflict';
import type { AccessType, CreateMigrateJobRequest, SrcInfo } from './createMigrateJobRequest';

type SourceField = keyof SrcInfo;

const NETWORK = ['VpcId', 'SubnetId', 'Ip', 'Port', 'Region', 'Supplier'] as const;

const NEEDED: Readonly<Record<AccessType, readonly SourceField[]>> = {
  extranet: ['Region', 'Ip', 'Port', 'Supplier'],
  cvm: ['CvmInstanceId', 'Port', 'Region', 'Supplier'],
  dcg: ['UniqDcgId', ...NETWORK],
  vpncloud: ['UniqVpnGwId', ...NETWORK],
  ccn: ['CcnId', ...NETWORK],
  cdb: ['InstanceId', 'Supplier'],
  // Current SDKs don't have it. The page of 2018 lists no other required field.
  vpnselfbuild: ['CvmInstanceId'],
};

/**
 * The first source field that is missing or invalid for the access type and engine. A cluster
 * outside of TencentDB is described by SrcInfoMulti, all others by SrcInfo.
 */
export function brokenSource(request: CreateMigrateJobRequest): Refusal | undefined {
  if (request.SrcNodeType !== 'cluster' || request.SrcAccessType === 'cdb') {
    return brokenNode(request, request.SrcInfo, 'SrcInfo');
  }
  const nodes = request.SrcInfoMulti ?? [];
  if (nodes.length === 0) return missing('SrcInfoMulti');
  return nodes
    .map((node, index) => brokenNode(request, node, `SrcInfoMulti.${index}`))
    .find((broken) => broken !== undefined);
}

function brokenNode(
  request: CreateMigrateJobRequest,
  node: SrcInfo,
  path: string,
): Refusal | undefined {
  const needed = [...NEEDED[request.SrcAccessType], ...accountFields(request)];
  const absent = needed.find((field) => isBlank(node[field]));
  if (absent !== undefined) return missing(`${path}.${absent}`);
  return brokenSupplier(node, path);
}

function brokenSupplier(node: SrcInfo, path: string): Refusal | undefined {
  if (node.Supplier === 'aliyun') {
    if (isBlank(node.RdsInstanceId)) return missing(`${path}.RdsInstanceId`);
    // 5.6 is the documented default.
    const asksAccessKey = node.EngineVersion !== '5.7';
    return asksAccessKey && isBlank(node.AccessKey) ? missing(`${path}.AccessKey`) : undefined;
  }
  const stray = (['RdsInstanceId', 'AccessKey', 'EngineVersion'] as const).find(
    (field) => !isBlank(node[field]),
  );
  return stray === undefined
    ? undefined
    : conflict(`${path}.${stray}`, 'it belongs to the supplier aliyun');
}

/** redis may have no password. mongodb needs an account if SrcAuthFlag says so. */
function accountFields(request: CreateMigrateJobRequest): readonly SourceField[] {
  switch (request.SrcDatabaseType) {
    case 'redis':
      return [];
    case 'mongodb':
      return /"SrcAuthFlag"\s*:\s*"1"/.test(request.MigrateOption.ExternParams ?? '')
        ? ['User', 'Password']
        : [];
    default:
      return ['User', 'Password'];
  }
}

function isBlank(value: string | number | undefined): boolean {
  return value === undefined || value === '';
}

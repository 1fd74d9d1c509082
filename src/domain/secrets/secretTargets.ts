import type { AccessType } from '../migration/engines';
import { canonicalHost } from '../migration/host';
import type { MigrationParameters, Source } from '../migration/migration';
import type { Target } from '../policy/targetPattern';
import type { SecretPath } from './secretReference';

/** The parameters that decide where secrets are sent. */
export type Receivers = Pick<MigrationParameters, 'SrcAccessType' | 'SrcInfo' | 'SrcInfoMulti'> & {
  DstInfo: Pick<MigrationParameters['DstInfo'], 'InstanceId'>;
};

/** Everything that receives the secret when the job runs. */
export function targetsOf(parameters: Receivers, path: SecretPath): Target[] {
  const { DstInfo, SrcInfo, SrcInfoMulti } = parameters;
  switch (path) {
    case 'DstInfo.Password':
      return [DstInfo.InstanceId];
    case 'SrcInfo.AccessKey':
      return [SrcInfo.RdsInstanceId ?? ''];
    case 'SrcInfo.Password':
      return (SrcInfoMulti ?? [SrcInfo]).map((node) => targetOf(node, parameters));
    default:
      return path satisfies never;
  }
}

/** The field with the gateway or machine that the source is behind, and how its IDs begin. */
export const wayOf = {
  extranet: undefined,
  cdb: undefined,
  cvm: { field: 'CvmInstanceId', prefix: 'ins' },
  dcg: { field: 'UniqDcgId', prefix: 'dcg' },
  vpncloud: { field: 'UniqVpnGwId', prefix: 'vpngw' },
  ccn: { field: 'CcnId', prefix: 'ccn' },
  vpnselfbuild: { field: 'CvmInstanceId', prefix: 'ins' },
} as const satisfies Readonly<
  Record<AccessType, { field: keyof Source; prefix: string } | undefined>
>;

/** A private address is only meaningful with its gateway or network. */
function targetOf(node: Source, { SrcAccessType }: Receivers): Target {
  if (SrcAccessType === 'cdb') return node.InstanceId ?? '';
  const ip = canonicalHost(node.Ip ?? '');
  const way = wayOf[SrcAccessType];
  if (way === undefined) return ip;
  const id = node[way.field] ?? '';
  return SrcAccessType === 'cvm' && ip === '' ? id : `${id}/${ip}`;
}

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

/** A private address is only meaningful with its gateway or network. */
function targetOf(node: Source, { SrcAccessType }: Receivers): Target {
  const ip = canonicalHost(node.Ip ?? '');
  switch (SrcAccessType) {
    case 'extranet':
      return ip;
    case 'cdb':
      return node.InstanceId ?? '';
    case 'cvm':
      return ip === '' ? (node.CvmInstanceId ?? '') : `${node.CvmInstanceId ?? ''}/${ip}`;
    case 'dcg':
      return `${node.UniqDcgId ?? ''}/${ip}`;
    case 'vpncloud':
      return `${node.UniqVpnGwId ?? ''}/${ip}`;
    case 'ccn':
      return `${node.CcnId ?? ''}/${ip}`;
    case 'vpnselfbuild':
      return `${node.CvmInstanceId ?? ''}/${ip}`;
    default:
      return SrcAccessType satisfies never;
  }
}

import { machines } from '../cvm/seed';
import { instances } from '../dts/seed';
import { regions } from '../region/seed';
import { secrets } from '../ssm/seed';
import { ccns, directConnectGateways, subnets, vpcs, vpnGateways } from '../vpc/seed';
import type { Things } from './holdings';

/** The initial contents of an endpoint's account, in ap-guangzhou and ap-shanghai. */
export const seed: Things = {
  instances,
  vpcs,
  subnets,
  vpnGateways,
  directConnectGateways,
  ccns,
  machines,
  secrets,
  regions,
};

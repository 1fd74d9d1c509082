import type { Machine } from '../cvm/machine';
import type { DatabaseInstance } from '../dts/databaseInstance';
import type { RegionInfo } from '../region/regionInfo';
import type { StoredSecret } from '../ssm/storedSecret';
import type { Ccn } from '../vpc/ccn';
import type { DirectConnectGateway } from '../vpc/directConnectGateway';
import type { Subnet } from '../vpc/subnet';
import type { Vpc } from '../vpc/vpc';
import type { VpnGateway } from '../vpc/vpnGateway';
import { Shelf } from './shelf';

/** What an account can contain in addition to jobs. */
export interface Things {
  readonly instances: readonly DatabaseInstance[];
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly vpnGateways: readonly VpnGateway[];
  readonly directConnectGateways: readonly DirectConnectGateway[];
  readonly ccns: readonly Ccn[];
  readonly machines: readonly Machine[];
  readonly secrets: readonly StoredSecret[];
  readonly regions: readonly RegionInfo[];
}

const byId = ({ id }: { readonly id: string }): string => id;

/** What an endpoint's account contains in addition to jobs. */
export class Holdings {
  readonly instances = new Shelf<DatabaseInstance>(byId);
  readonly vpcs = new Shelf<Vpc>(byId);
  readonly subnets = new Shelf<Subnet>(byId);
  readonly vpnGateways = new Shelf<VpnGateway>(byId);
  readonly directConnectGateways = new Shelf<DirectConnectGateway>(byId);
  readonly ccns = new Shelf<Ccn>(byId);
  readonly machines = new Shelf<Machine>(byId);
  readonly secrets = new Shelf<StoredSecret>(({ name }) => name);
  readonly regions = new Shelf<RegionInfo & { readonly region?: never }>(byId);

  /** Adds things, and replaces existing ones. */
  add(things: Partial<Things>): void {
    this.instances.put(things.instances);
    this.vpcs.put(things.vpcs);
    this.subnets.put(things.subnets);
    this.vpnGateways.put(things.vpnGateways);
    this.directConnectGateways.put(things.directConnectGateways);
    this.ccns.put(things.ccns);
    this.machines.put(things.machines);
    this.secrets.put(things.secrets);
    this.regions.put(things.regions);
  }
}

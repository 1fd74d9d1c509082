import { type FormValues, valueIn, type WantedResource } from '../migration/fields';
import type { LaunchProblem } from '../request/launchOutcome';

/** What of an account a form can offer for one of its fields. */
export type ResourceQuery =
  /** The regions that DTS knows; `region` is the one that is asked. */
  | { kind: 'region'; region: string }
  /** TencentDB instances of an engine, judged for one end of a migration. */
  | { kind: 'instance'; region: string; engine: string; role: 'src' | 'dst' }
  /** Cloud Virtual Machines. */
  | { kind: 'cvm'; region: string }
  /** Direct Connect gateways. */
  | { kind: 'dcg'; region: string }
  | { kind: 'vpn_gateway'; region: string }
  /** Cloud Connect Networks. */
  | { kind: 'ccn'; region: string }
  | { kind: 'vpc'; region: string }
  /** Subnets of a VPC, or of all. */
  | { kind: 'subnet'; region: string; vpcId?: string };

/** One thing of the account. `name`, `state`, `unusable` and `detail` are others' words. */
export interface Resource {
  id: string;
  /** Blank where nobody gave one. */
  name: string;
  region: string;
  /** As the API writes it; blank for kinds that have none. */
  state: string;
  /** Why it can't be chosen: the API's reason, or the state that it is in. */
  unusable: string | undefined;
  /** What tells it from others: an address, a CIDR block, a zone. */
  detail: string | undefined;
  /** The VPC that it is in, where it is in one. */
  vpcId: string | undefined;
}

/** What the account has, in the API's order, or why nobody could tell. */
export type ResourceList =
  | { kind: 'found'; resources: readonly Resource[] }
  | { kind: 'failed'; problem: LaunchProblem };

/** Secrets are searched for another way. */
export type AccountResource = Exclude<WantedResource, { kind: 'secret' }>;

/**
 * The query for what a field searches, by the values that the form had when it was drawn. `home` is
 * Ferry's own region, where the regions are asked for. Nothing else is searched before its region is chosen.
 */
export function resourceQuery(
  resource: AccountResource,
  values: FormValues,
  home: string,
): ResourceQuery | 'region_missing' {
  if (resource.kind === 'region') return { kind: 'region', region: home };
  const region = valueIn(values, resource.region);
  if (region === undefined) return 'region_missing';
  switch (resource.kind) {
    case 'instance': {
      const engine = valueIn(values, resource.engine) ?? 'mysql';
      return { kind: 'instance', region, engine, role: resource.role };
    }
    case 'subnet': {
      const vpcId = valueIn(values, resource.vpc);
      return { kind: 'subnet', region, ...(vpcId === undefined ? {} : { vpcId }) };
    }
    default:
      return { kind: resource.kind, region };
  }
}

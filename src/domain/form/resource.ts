import type { FailedCall } from '../errors/callProblem';
import { type FormValues, valueIn, type WantedResource } from '../migration/fields';

/** The resources of the account that a form can offer for a field. */
export type ResourceQuery =
  /** The regions that DTS supports. `region` is the one that receives the call. */
  | { kind: 'region'; region: string }
  /** TencentDB instances of an engine, and whether they can be the source or target. */
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

/**
 * A resource of the account. `name`, `state`, `unusable`, `detail` and `version` are foreign text.
 */
export interface Resource {
  id: string;
  /** Blank if nobody named it. */
  name: string;
  region: string;
  /** As the API writes it; blank for kinds without a state. */
  state: string;
  /** Why it can't be selected: the API's reason, or its state. */
  unusable: string | undefined;
  /** What distinguishes it: an address, a CIDR block, a zone. */
  detail: string | undefined;
  /** The version of a database instance's engine, if its product returns it. */
  version: string | undefined;
  /** Its VPC, if it is in one. */
  vpcId: string | undefined;
}

/** The account's resources in the API's order, or why they couldn't be listed. */
export type ResourceList = { kind: 'found'; resources: readonly Resource[] } | FailedCall;

/** Secrets have a separate search. */
export type AccountResource = Exclude<WantedResource, { kind: 'secret' }>;

/**
 * The query for a field's search, with the values of the form when it was drawn. `home` is Ferry's
 * own region, in which regions are listed. Nothing else is searched before its region is selected.
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

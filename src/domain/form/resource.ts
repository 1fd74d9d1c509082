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

export type ResourceKind = ResourceQuery['kind'];

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

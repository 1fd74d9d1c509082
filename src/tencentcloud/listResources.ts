import type { Resource, ResourceList, ResourceQuery } from '../domain/form/resource';
import type { CloudAccount } from './callCloud';
import { directConnectGateways, vpnGateways } from './listings/gateways';
import { instances } from './listings/instances';
import type { Found, Listing } from './listings/listing';
import { machines } from './listings/machines';
import { ccns, subnets, vpcs } from './listings/networks';
import { regions } from './listings/regions';
import { readPages } from './readPages';

/** More than a person would read through; twenty calls. */
const mostResources = 2_000;

/**
 * All resources of a kind in the account, in the API's order, at most 2,000. Unreadable entries are
 * left out. Never throws; `abandon` ends the wait.
 */
export async function listResources(
  account: CloudAccount,
  query: ResourceQuery,
  abandon: AbortSignal,
): Promise<ResourceList> {
  const { region } = query;
  const { entry, ...asked } = listingOf(query);
  const listed = await readPages(account, { ...asked, region, most: mostResources }, abandon);
  if (listed.kind === 'failed') return listed;
  const resources = new Map<string, Resource>();
  for (const raw of listed.entries) {
    const found = entry.safeParse(raw).data;
    if (found !== undefined) resources.set(found.id, complete(found, region));
  }
  return { kind: 'found', resources: [...resources.values()] };
}

function complete(found: Found, region: string): Resource {
  return {
    name: '',
    region,
    state: '',
    unusable: undefined,
    detail: undefined,
    vpcId: undefined,
    ...found,
  };
}

function listingOf(query: ResourceQuery): Listing {
  switch (query.kind) {
    case 'region':
      return regions;
    case 'instance':
      return instances(query.engine, query.role);
    case 'cvm':
      return machines;
    case 'dcg':
      return directConnectGateways;
    case 'vpn_gateway':
      return vpnGateways;
    case 'ccn':
      return ccns;
    case 'vpc':
      return vpcs;
    case 'subnet':
      return subnets(query.vpcId);
    default:
      return query satisfies never;
  }
}

import type { Resource, ResourceList, ResourceQuery } from '../domain/form/resource';
import type { CloudAccount } from './callCloud';
import { directConnectGateways, vpnGateways } from './listings/gateways';
import { instances } from './listings/instances';
import type { ListedResource, Listing } from './listings/listing';
import { machines } from './listings/machines';
import { ccns, subnets, vpcs } from './listings/networks';
import { regions } from './listings/regions';
import { products } from './products';
import { type Page, readPages } from './readPages';

/** More than a person would read through; twenty calls. */
const mostResources = 2_000;

/** How much longer than the list of instances the list of their versions may take. */
const versionsWaitMs = 1_000;

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
  const late = new AbortController();
  const versionsRead = readVersions(account, query, AbortSignal.any([abandon, late.signal]));
  const listed = await readPages(account, { ...asked, region, most: mostResources }, abandon);
  const timer = setTimeout(() => late.abort(), listed.kind === 'failed' ? 0 : versionsWaitMs);
  const versions = await versionsRead;
  clearTimeout(timer);
  if (listed.kind === 'failed') return listed;
  const resources = new Map<string, Resource>();
  for (const raw of listed.entries) {
    const found = entry.safeParse(raw).data;
    if (found === undefined) continue;
    const version = versions.get(found.id);
    resources.set(found.id, complete({ ...found, version }, region));
  }
  return { kind: 'found', resources: [...resources.values()] };
}

/** The engine versions of instances, by id. Empty if the product doesn't list them. */
async function readVersions(
  account: CloudAccount,
  query: ResourceQuery,
  abandon: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  if (query.kind !== 'instance') return versions;
  const product = new Map(Object.entries(products)).get(query.engine);
  if (product === undefined) return versions;
  const { action, entry, list, service } = product;
  const { region } = query;
  const asked = { service, action, region, list, body: (page: Page) => page, most: mostResources };
  const listed = await readPages(account, asked, abandon);
  for (const raw of listed.kind === 'listed' ? listed.entries : []) {
    const { id, version } = entry.safeParse(raw).data ?? {};
    if (id !== undefined && version !== undefined) versions.set(id, version);
  }
  return versions;
}

function complete(found: ListedResource, region: string): Resource {
  return {
    name: '',
    region,
    state: '',
    unusable: undefined,
    detail: undefined,
    version: undefined,
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

import type { PermissionUse } from '../domain/permissionUse';
import type { LaunchProblem } from '../domain/request/launchOutcome';
import { type CloudAccount, callCloud } from './callCloud';
import { callProblem } from './callProblem';
import {
  cdb,
  cvm,
  mongodb,
  newDts,
  postgres,
  redis,
  regions,
  type Service,
  sqlserver,
  ssm,
  vpc,
} from './services';

interface HarmlessCall {
  use: PermissionUse;
  service: Service;
  action: string;
  body: object;
}

const page = { Offset: 0, Limit: 1 };
const textPage = { Offset: '0', Limit: '1' };

/** A call for each optional permission that changes nothing and needs no ID. */
const harmlessCalls: readonly HarmlessCall[] = [
  { use: 'following', service: newDts, action: 'DescribeMigrationJobs', body: page },
  {
    use: 'lists',
    service: newDts,
    action: 'DescribeMigrateDBInstances',
    body: { DatabaseType: 'mysql', MigrateRole: 'dst', ...page },
  },
  { use: 'lists', service: cvm, action: 'DescribeInstances', body: page },
  { use: 'lists', service: regions, action: 'DescribeRegions', body: { Product: 'dts' } },
  { use: 'lists', service: vpc, action: 'DescribeVpcs', body: textPage },
  { use: 'lists', service: vpc, action: 'DescribeSubnets', body: textPage },
  { use: 'lists', service: vpc, action: 'DescribeVpnGateways', body: page },
  { use: 'lists', service: vpc, action: 'DescribeDirectConnectGateways', body: page },
  { use: 'lists', service: vpc, action: 'DescribeCcns', body: page },
  { use: 'cards', service: cdb, action: 'DescribeDBInstances', body: page },
  { use: 'cards', service: redis, action: 'DescribeInstances', body: page },
  { use: 'cards', service: mongodb, action: 'DescribeDBInstances', body: page },
  { use: 'cards', service: postgres, action: 'DescribeDBInstances', body: page },
  { use: 'cards', service: sqlserver, action: 'DescribeDBInstances', body: page },
  { use: 'secrets', service: ssm, action: 'ListSecrets', body: page },
];

export interface LackingPermission {
  /** Such as `vpc:DescribeVpcs`. */
  permission: string;
  use: PermissionUse;
  problem: LaunchProblem;
}

/**
 * The optional permissions that the account's key lacks, or that could not be checked. Never throws;
 * changes nothing.
 */
export async function checkPermissions(
  account: CloudAccount,
  region: string,
  uses: readonly PermissionUse[],
  timeoutMs: number,
): Promise<readonly LackingPermission[]> {
  const found = await Promise.all(
    harmlessCalls
      .filter(({ use }) => uses.includes(use))
      .map(async ({ action, body, service, use }): Promise<LackingPermission[]> => {
        const call = { service, action, region, body };
        const abandon = AbortSignal.timeout(timeoutMs);
        const called = await callCloud(account, call, { secrets: [], abandon });
        if (called.ok) return [];
        const permission = `${service.name}:${action}`;
        return [{ permission, use, problem: callProblem(called) }];
      }),
  );
  return found.flat();
}

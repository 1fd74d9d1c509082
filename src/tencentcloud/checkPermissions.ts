import type { CallProblem } from '../domain/errors/callProblem';
import type { PermissionUse } from '../domain/permissionUse';
import { type CloudAccount, callCloud } from './callCloud';
import { problemOf } from './problemOf';
import {
  cdb,
  cvm,
  dts,
  mongodb,
  newDts,
  postgres,
  redis,
  regionService,
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
  /** True if even an allowed call is refused, because no job has its ID. */
  isRefused?: boolean;
}

const page = { Offset: 0, Limit: 1 };
const textPage = { Offset: '0', Limit: '1' };

/** No job has this ID: DTS makes IDs of `dts-` and eight characters. */
const noJob = { JobId: 'ferry-doctor' };

/** A call of an action that would change a job. */
const aboutNoJob = (service: Service, action: string, use: PermissionUse): HarmlessCall => ({
  ...{ use, service, action, body: noJob, isRefused: true },
});

const buttons: readonly HarmlessCall[] = [
  ...['CreateMigrateCheckJob', 'StartMigrateJob', 'StopMigrateJob', 'CompleteMigrateJob'],
  ...['ModifyMigrateJob', 'DeleteMigrateJob'],
].map((action) => aboutNoJob(dts, action, 'buttons'));

const newButtons: readonly HarmlessCall[] = [
  ...['ModifyMigrationJob', 'PauseMigrateJob', 'ContinueMigrateJob', 'ResumeMigrateJob'],
  ...['SkipCheckItem', 'IsolateMigrateJob', 'DestroyMigrateJob'],
].map((action) => aboutNoJob(newDts, action, 'buttons'));

/** A call for each permission that changes nothing. */
const harmlessCalls: readonly HarmlessCall[] = [
  // Without its required parameters, the call creates nothing.
  { use: 'creating', service: dts, action: 'CreateMigrateJob', body: {}, isRefused: true },
  { use: 'following', service: newDts, action: 'DescribeMigrationJobs', body: page },
  aboutNoJob(newDts, 'DescribeMigrationDetail', 'following'),
  aboutNoJob(newDts, 'DescribeMigrationCheckJob', 'results'),
  ...buttons,
  ...newButtons,
  {
    use: 'lists',
    service: newDts,
    action: 'DescribeMigrateDBInstances',
    body: { DatabaseType: 'mysql', MigrateRole: 'dst', ...page },
  },
  { use: 'lists', service: cvm, action: 'DescribeInstances', body: page },
  { use: 'lists', service: regionService, action: 'DescribeRegions', body: { Product: 'dts' } },
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

/**
 * What DTS says about a job that does not exist, or about missing parameters. The account has the permission, unless DTS
 * checks parameters first.
 */
const aboutParameters =
  /^(FailedOperation|InvalidParameter|InvalidParameterValue|MissingParameter|OperationDenied|ResourceNotFound|ResourceUnavailable|UnsupportedOperation)(\.|$)/;

export interface LackingPermission {
  /** Such as `vpc:DescribeVpcs`. */
  permission: string;
  use: PermissionUse;
  problem: CallProblem;
}

/**
 * The permissions that the account's key lacks, or that could not be checked. Never throws;
 * changes nothing. Each call has its own signal from `abandon`, because Node warns of more than ten
 * listeners on one.
 */
export async function checkPermissions(
  account: CloudAccount,
  region: string,
  uses: readonly PermissionUse[],
  abandon: () => AbortSignal,
): Promise<readonly LackingPermission[]> {
  const found = await Promise.all(
    harmlessCalls
      .filter(({ use }) => uses.includes(use))
      .map(async ({ action, body, isRefused, service, use }): Promise<LackingPermission[]> => {
        const call = { service, action, region, body };
        const called = await callCloud(account, call, { secrets: [], abandon: abandon() });
        if (called.ok) return [];
        const problem = problemOf(called);
        if (isRefused && problem.kind === 'refused' && aboutParameters.test(problem.code))
          return [];
        return [{ permission: `${service.name}:${action}`, use, problem }];
      }),
  );
  return found.flat();
}

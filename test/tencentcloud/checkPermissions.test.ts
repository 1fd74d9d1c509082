import type { PermissionUse } from '../../src/domain/permissionUse';
import { checkPermissions } from '../../src/tencentcloud/checkPermissions';
import { accountAt } from '../support/accountAt';
import { type CloudServer, startCloudServer } from '../support/cloudServer';

let cloud: CloudServer;
beforeEach(async () => {
  cloud = await startCloudServer();
});
afterEach(() => cloud.stop());

const check = (...uses: PermissionUse[]) =>
  checkPermissions(accountAt(cloud.host), 'ap-shanghai', uses, () => AbortSignal.timeout(10_000));
const refuse = (action: string, Code: string) =>
  cloud.answer(action, { Error: { Code, Message: 'no' } });

/** Each permission that Ferry uses, with the body of the harmless call that checks it. */
const page = { Offset: 0, Limit: 1 };
const textPage = { Offset: '0', Limit: '1' };
const noJob = { JobId: 'ferry-doctor' };
const permissions: Readonly<Record<PermissionUse, readonly (readonly [string, object])[]>> = {
  creating: [['dts:CreateMigrateJob', {}]],
  following: [
    ['dts:DescribeMigrationJobs', page],
    ['dts:DescribeMigrationDetail', noJob],
  ],
  results: [['dts:DescribeMigrationCheckJob', noJob]],
  buttons: [
    ...['CreateMigrateCheckJob', 'StartMigrateJob', 'StopMigrateJob', 'CompleteMigrateJob'],
    ...['ModifyMigrateJob', 'DeleteMigrateJob', 'ModifyMigrationJob', 'PauseMigrateJob'],
    ...['ContinueMigrateJob', 'ResumeMigrateJob', 'SkipCheckItem', 'IsolateMigrateJob'],
    'DestroyMigrateJob',
  ].map((action) => [`dts:${action}`, noJob] as const),
  lists: [
    ['dts:DescribeMigrateDBInstances', { DatabaseType: 'mysql', MigrateRole: 'dst', ...page }],
    ['cvm:DescribeInstances', page],
    ['region:DescribeRegions', { Product: 'dts' }],
    ['vpc:DescribeVpcs', textPage],
    ['vpc:DescribeSubnets', textPage],
    ['vpc:DescribeVpnGateways', page],
    ['vpc:DescribeDirectConnectGateways', page],
    ['vpc:DescribeCcns', page],
  ],
  cards: [
    ['cdb:DescribeDBInstances', page],
    ['redis:DescribeInstances', page],
    ['mongodb:DescribeDBInstances', page],
    ['postgres:DescribeDBInstances', page],
    ['sqlserver:DescribeDBInstances', page],
  ],
  secrets: [['ssm:ListSecrets', page]],
};
const uses: readonly PermissionUse[] = [
  ...(['creating', 'following', 'results', 'buttons'] as const),
  ...(['lists', 'cards', 'secrets'] as const),
];

it.each(uses)('the permissions for %s are checked with one harmless call each', async (use) => {
  const lacking = await check(use);
  expect(lacking.map(({ permission }) => permission)).toEqual(
    permissions[use].map(([name]) => name),
  );
  for (const each of lacking) {
    expect(each).toMatchObject({ use, problem: { kind: 'refused', code: 'InternalError' } });
  }
  const sent = cloud.calls.map(({ action, body }) => JSON.stringify([action, body])).toSorted();
  expect(sent).toEqual(
    permissions[use]
      .map(([name, body]) => JSON.stringify([name.replace(/^.*:/, ''), body]))
      .toSorted(),
  );
});

it('all calls at once cause no warning of Node', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => void warnings.push(warning.message);
  process.on('warning', note);
  const lacking = await check(...uses);
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(lacking).toHaveLength(uses.flatMap((use) => permissions[use]).length);
  expect(warnings).toEqual([]);
});

it('no call is made for what Ferry is not used for', async () => {
  expect(await check()).toEqual([]);
  expect(cloud.calls).toEqual([]);
});

it('an allowed call shows that the account has the permission', async () => {
  cloud.answer('ListSecrets', { TotalCount: 0, SecretMetadatas: [] });
  expect(await check('secrets')).toEqual([]);
});

it.each([
  ...['FailedOperation', 'InvalidParameter', 'InvalidParameterValue', 'MissingParameter'],
  ...['OperationDenied', 'ResourceNotFound', 'ResourceUnavailable', 'UnsupportedOperation'],
  'InvalidParameter.JobNotFound',
])('so does the refusal %s of a call about no job, and of no other call', async (code) => {
  refuse('CreateMigrateJob', code);
  refuse('DescribeMigrationJobs', code);
  refuse('DescribeMigrationDetail', code);
  const lacking = await check('creating', 'following');
  expect(lacking.map(({ permission }) => permission)).toEqual(['dts:DescribeMigrationJobs']);
});

it.each([
  'UnauthorizedOperation',
  'AuthFailure.UnauthorizedOperation',
  'InvalidParameterX',
  'UnauthorizedOperation.InvalidParameter',
])('the refusal %s does not', async (code) => {
  refuse('CreateMigrateJob', code);
  expect(await check('creating')).toMatchObject([
    { permission: 'dts:CreateMigrateJob', problem: { code } },
  ]);
});

it('a lost response does not', async () => {
  cloud.stop();
  expect(await check('creating')).toMatchObject([
    { permission: 'dts:CreateMigrateJob', problem: { kind: 'not_sent' } },
  ]);
});

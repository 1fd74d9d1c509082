import type { Action } from '../endpoint/action';
import { refusal } from '../endpoint/refusal';
import type { Service } from '../endpoint/service';
import {
  modifyMigrateName,
  modifyMigrateRateLimit,
  modifyMigrationJob,
  skipCheckItem,
} from './changeMigration';
import { describeMigrateDBInstances } from './describeMigrateDBInstances';
import {
  describeMigrationCheckJob,
  describeMigrationDetail,
  describeMigrationJobs,
} from './describeMigrations';
import { actionsOf2021 } from './jobAction';

const unsupported: Action = () =>
  refusal(
    'UnsupportedOperation.UnsupportedOperationError',
    'This endpoint does not perform this action yet.',
  );

/**
 * The migration actions of DTS 2021-12-06 (dts_client.d.ts of tencentcloud-sdk-nodejs 4.1.313).
 * Actions of synchronization and subscription are missing.
 */
const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['DescribeMigrateDBInstances', describeMigrateDBInstances],
  ['DescribeMigrationJobs', describeMigrationJobs],
  ['DescribeMigrationDetail', describeMigrationDetail],
  ['DescribeMigrationCheckJob', describeMigrationCheckJob],
  ['ModifyMigrationJob', modifyMigrationJob],
  ['ModifyMigrateName', modifyMigrateName],
  ['ModifyMigrateRateLimit', modifyMigrateRateLimit],
  ['SkipCheckItem', skipCheckItem],
  ...actionsOf2021,
  ...[
    'CreateMigrationService',
    'ModifyMigrateJobSpec',
    'ModifyMigrateRuntimeAttribute',
    'CreateCompareTask',
    'DescribeCompareTasks',
    'DescribeCompareReport',
    'StartCompare',
    'StopCompare',
  ].map((name): [string, Action] => [name, unsupported]),
]);

export const dts20211206: Service = {
  name: 'dts',
  version: '2021-12-06',
  needsRegion: true,
  forbidden: 'UnauthorizedOperation.NotEnoughPrivileges',
  actions,
  callsPerSecond: { DescribeMigrateDBInstances: 20 },
};

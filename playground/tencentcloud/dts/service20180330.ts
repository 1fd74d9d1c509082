import type { Action } from '../endpoint/action';
import { refusal } from '../endpoint/refusal';
import type { Service } from '../endpoint/service';
import { createMigrateJob } from './createMigrateJob';
import { describeMigrateCheckJob } from './describeMigrateCheckJob';
import { describeMigrateJobs } from './describeMigrateJobs';
import { actionsOf2018 } from './jobAction';
import { modifyMigrateJob } from './modifyMigrateJob';

const unsupported: Action = () =>
  refusal('UnsupportedOperation', 'This endpoint does not perform this action yet.');

/**
 * All actions of DTS 2018-03-30 (dts_client.d.ts of tencentcloud-sdk-nodejs 4.1.313). To add one,
 * write its `Action` and register it here.
 */
const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['CreateMigrateJob', createMigrateJob],
  ['DescribeMigrateJobs', describeMigrateJobs],
  ['DescribeMigrateCheckJob', describeMigrateCheckJob],
  ['ModifyMigrateJob', modifyMigrateJob],
  ...actionsOf2018,
  ...[
    'DescribeAsyncRequestInfo',
    'ActivateSubscribe',
    'CreateSubscribe',
    'DescribeSubscribeConf',
    'DescribeSubscribes',
    'IsolateSubscribe',
    'ModifySubscribeAutoRenewFlag',
    'ModifySubscribeConsumeTime',
    'ModifySubscribeName',
    'ModifySubscribeObjects',
    'ModifySubscribeVipVport',
    'OfflineIsolatedSubscribe',
    'ResetSubscribe',
  ].map((name): [string, Action] => [name, unsupported]),
]);

export const dts20180330: Service = {
  name: 'dts',
  version: '2018-03-30',
  needsRegion: true,
  forbidden: 'UnauthorizedOperation.NotEnoughPrivileges',
  actions,
  callsPerSecond: {},
};

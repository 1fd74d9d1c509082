import type { Service } from '../endpoint/service';
import { describeMigrateDBInstances } from './describeMigrateDBInstances';

/** The actions that the form uses from the newer version of DTS. Its jobs aren't supported. */
export const dts20211206: Service = {
  name: 'dts',
  version: '2021-12-06',
  needsRegion: true,
  forbidden: 'UnauthorizedOperation.NotEnoughPrivileges',
  actions: new Map([['DescribeMigrateDBInstances', describeMigrateDBInstances]]),
  callsPerSecond: { DescribeMigrateDBInstances: 20 },
};

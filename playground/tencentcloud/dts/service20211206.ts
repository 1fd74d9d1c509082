import type { Service } from '../endpoint/service';
import { describeMigrateDBInstances } from './describeMigrateDBInstances';

/** What a form looks up in the newer version of DTS; its jobs are not played. */
export const dts20211206: Service = {
  name: 'dts',
  version: '2021-12-06',
  needsRegion: true,
  forbidden: 'UnauthorizedOperation.NotEnoughPrivileges',
  actions: new Map([['DescribeMigrateDBInstances', describeMigrateDBInstances]]),
  callsPerSecond: { DescribeMigrateDBInstances: 20 },
};

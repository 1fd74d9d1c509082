import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { describeRegions } from './describeRegions';

/** The list of regions. Only this service accepts requests without a region. */
export const region: Service = {
  name: 'region',
  version: '2022-06-27',
  needsRegion: false,
  forbidden: UNAUTHORIZED,
  actions: new Map([['DescribeRegions', describeRegions]]),
  callsPerSecond: { DescribeRegions: 50 },
};

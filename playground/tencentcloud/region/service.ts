import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { describeRegions } from './describeRegions';

/** The list of regions. It is the only service here that a request may ask without naming one. */
export const region: Service = {
  name: 'region',
  version: '2022-06-27',
  needsRegion: false,
  forbidden: UNAUTHORIZED,
  actions: new Map([['DescribeRegions', describeRegions]]),
  callsPerSecond: { DescribeRegions: 50 },
};

import { z } from 'zod';
import { regions as service } from '../services';
import { badState, id, type Listing, text } from './listing';

/**
 * `DescribeRegions`: all at once. That the product is called `dts` is assumed; which names there are
 * is a list of its own (`DescribeProducts`).
 */
export const regions: Listing = {
  service,
  action: 'DescribeRegions',
  list: 'RegionSet',
  body: () => ({ Product: 'dts' }),
  entry: z
    .object({ Region: id, RegionName: text, RegionState: text })
    .transform(({ Region, RegionName, RegionState }) => ({
      id: Region,
      name: RegionName,
      region: Region,
      state: RegionState,
      unusable: badState([RegionState, 'AVAILABLE']),
    })),
};

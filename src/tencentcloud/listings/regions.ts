import { z } from 'zod';
import { regionService } from '../services';
import { badState, id, type Listing, text } from './listing';

/**
 * `DescribeRegions`, without pages. Ferry assumes that the product's name is `dts`;
 * `DescribeProducts` lists the names.
 */
export const regions: Listing = {
  service: regionService,
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

import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';

const request = z.strictObject({
  Product: z.string().min(1),
  Scene: z.literal([0, 1]).default(0),
});

/** Lists all regions of a product. Here, every product has the same ones. */
export const describeRegions: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const regions = holdings.regions.in(region);
  return {
    kind: 'accepted',
    fields: {
      TotalCount: regions.length,
      RegionSet: regions.map(({ id, name, state = 'AVAILABLE' }) => ({
        Region: id,
        RegionName: name,
        RegionState: state,
        RegionTypeMC: null,
        LocationMC: null,
        RegionNameMC: null,
        RegionIdMC: null,
      })),
    },
  };
};

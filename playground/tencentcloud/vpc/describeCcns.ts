import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { filterParameters, passing } from '../endpoint/filters';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';

const request = z.strictObject({
  CcnIds: z.array(z.string()).max(100).optional(),
  Filters: filterParameters,
  ...pageParameters(100),
});

/** Lists the Cloud Connect Networks. The size of a page is assumed, as for VPCs. */
export const describeCcns: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { CcnIds, Filters } = parsed.value;
  const wanted = holdings.ccns.in(region).filter(({ id }) => CcnIds?.includes(id) ?? true);
  const found = passing(wanted, Filters, {
    'ccn-id': ({ id }) => id,
    'ccn-name': ({ name }) => name,
    state: ({ state = 'AVAILABLE' }) => state,
  });
  if (found.kind === 'refused') return found;
  return {
    kind: 'accepted',
    fields: {
      TotalCount: found.entries.length,
      CcnSet: pageOf(found.entries, parsed.value).map((ccn) => ({
        CcnId: ccn.id,
        CcnName: ccn.name,
        CcnDescription: '',
        InstanceCount: 2,
        CreateTime: '2024-04-03 09:00:00',
        State: ccn.state ?? 'AVAILABLE',
        QosLevel: 'AU',
        InstanceChargeType: 'POSTPAID',
        BandwidthLimitType: 'OUTER_REGION_LIMIT',
        TagSet: [],
        RoutePriorityFlag: false,
        RouteTableCount: 1,
        RouteTableFlag: false,
        IsSecurityLock: false,
      })),
    },
  };
};

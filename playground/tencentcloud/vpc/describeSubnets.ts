import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { filterParameters, passing } from '../endpoint/filters';
import { pageOf, textPageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';

const request = z.strictObject({
  SubnetIds: z.array(z.string()).max(100).optional(),
  Filters: filterParameters,
  ...textPageParameters(100),
});

/** Lists the subnets of the region. Offset and Limit are text. Paging by token isn't supported. */
export const describeSubnets: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { SubnetIds, Filters } = parsed.value;
  const wanted = holdings.subnets.in(region).filter(({ id }) => SubnetIds?.includes(id) ?? true);
  const found = passing(wanted, Filters, {
    'vpc-id': ({ vpcId }) => vpcId,
    'subnet-id': ({ id }) => id,
    'subnet-name': ({ name }) => name,
    'cidr-block': ({ cidr }) => cidr,
    zone: ({ zone }) => zone,
  });
  if (found.kind === 'refused') return found;
  return {
    kind: 'accepted',
    fields: {
      TotalCount: found.entries.length,
      SubnetSet: pageOf(found.entries, parsed.value).map((subnet) => ({
        VpcId: subnet.vpcId,
        SubnetId: subnet.id,
        SubnetName: subnet.name,
        CidrBlock: subnet.cidr,
        IsDefault: false,
        EnableBroadcast: false,
        Zone: subnet.zone,
        RouteTableId: 'rtb-l2h8d7c2',
        CreatedTime: '2024-03-01 10:05:00',
        AvailableIpAddressCount: 200,
        TotalIpAddressCount: 253,
        Ipv6CidrBlock: '',
        NetworkAclId: '',
        IsRemoteVpcSnat: false,
        TagSet: [],
      })),
    },
  };
};

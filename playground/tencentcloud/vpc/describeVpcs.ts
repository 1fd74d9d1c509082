import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { filterParameters, passing } from '../endpoint/filters';
import { pageOf, textPageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';

const request = z.strictObject({
  VpcIds: z.array(z.string()).max(100).optional(),
  Filters: filterParameters,
  ...textPageParameters(100),
});

/** Lists the VPCs of the region. Offset and Limit are text, as in vpc 2017-03-12. */
export const describeVpcs: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { VpcIds, Filters } = parsed.value;
  const wanted = holdings.vpcs.in(region).filter(({ id }) => VpcIds?.includes(id) ?? true);
  const found = passing(wanted, Filters, {
    'vpc-id': ({ id }) => id,
    'vpc-name': ({ name }) => name,
    'cidr-block': ({ cidr }) => cidr,
  });
  if (found.kind === 'refused') return found;
  return {
    kind: 'accepted',
    fields: {
      TotalCount: found.entries.length,
      VpcSet: pageOf(found.entries, parsed.value).map((vpc) => ({
        VpcName: vpc.name,
        VpcId: vpc.id,
        CidrBlock: vpc.cidr,
        IsDefault: false,
        EnableMulticast: false,
        CreatedTime: '2024-03-01 10:00:00',
        DnsServerSet: ['183.60.82.98', '183.60.83.19'],
        DomainName: '',
        DhcpOptionsId: '',
        EnableDhcp: true,
        Ipv6CidrBlock: '',
        TagSet: [],
        AssistantCidrSet: [],
      })),
    },
  };
};

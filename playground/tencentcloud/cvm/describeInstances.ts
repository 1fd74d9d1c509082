import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { filterParameters, passing } from '../endpoint/filters';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';

const request = z.strictObject({
  InstanceIds: z.array(z.string()).max(100).optional(),
  Filters: filterParameters,
  ...pageParameters(100),
});

/** Lists the machines of the region. */
export const describeInstances: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { InstanceIds, Filters } = parsed.value;
  const machines = holdings.machines.in(region);
  const wanted = machines.filter(({ id }) => InstanceIds?.includes(id) ?? true);
  const found = passing(wanted, Filters, {
    zone: ({ zone }) => zone,
    'vpc-id': ({ vpcId }) => vpcId,
    'subnet-id': ({ subnetId }) => subnetId,
    'instance-id': ({ id }) => id,
    'instance-name': ({ name }) => name,
    'instance-state': ({ state = 'RUNNING' }) => state,
    'private-ip-address': ({ address }) => address,
  });
  if (found.kind === 'refused') return found;
  return {
    kind: 'accepted',
    fields: {
      TotalCount: found.entries.length,
      InstanceSet: pageOf(found.entries, parsed.value).map((machine) => ({
        Placement: { Zone: machine.zone, ProjectId: 0 },
        InstanceId: machine.id,
        InstanceType: 'S5.MEDIUM4',
        CPU: 2,
        Memory: 4,
        RestrictState: machine.restriction ?? 'NORMAL',
        InstanceName: machine.name,
        InstanceChargeType: 'POSTPAID_BY_HOUR',
        PrivateIpAddresses: [machine.address],
        PublicIpAddresses: null,
        VirtualPrivateCloud: {
          VpcId: machine.vpcId,
          SubnetId: machine.subnetId,
          AsVpcGateway: false,
        },
        ImageId: 'img-487zeit5',
        CreatedTime: '2024-05-01T02:00:00Z',
        ExpiredTime: null,
        OsName: 'TencentOS Server 4',
        SecurityGroupIds: ['sg-8jlk3f3r'],
        InstanceState: machine.state ?? 'RUNNING',
        Tags: [],
      })),
    },
  };
};

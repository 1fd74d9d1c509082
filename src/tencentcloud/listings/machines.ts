import { z } from 'zod';
import { cvm } from '../services';
import { badState, id, type Listing, oneLine, text } from './listing';

/** `DescribeInstances` of CVM. A machine that isn't running has no database to migrate. */
export const machines: Listing = {
  service: cvm,
  action: 'DescribeInstances',
  list: 'InstanceSet',
  body: (page) => page,
  entry: z
    .object({
      InstanceId: id,
      InstanceName: text,
      InstanceState: text,
      RestrictState: text,
      Placement: z.object({ Zone: text }).nullish(),
      PrivateIpAddresses: z.array(z.string()).nullish(),
      VirtualPrivateCloud: z.object({ VpcId: text }).nullish(),
    })
    .transform((machine) => ({
      id: machine.InstanceId,
      name: machine.InstanceName,
      state: machine.InstanceState,
      unusable: badState([machine.RestrictState, 'NORMAL'], [machine.InstanceState, 'RUNNING']),
      detail: oneLine(machine.PrivateIpAddresses?.[0] ?? '', machine.Placement?.Zone ?? ''),
      vpcId: oneLine(machine.VirtualPrivateCloud?.VpcId ?? ''),
    })),
};

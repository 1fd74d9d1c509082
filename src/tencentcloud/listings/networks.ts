import { z } from 'zod';
import type { Page } from '../readPages';
import { vpc } from '../services';
import { badState, id, type Listing, oneLine, text } from './listing';

/** Only these two actions expect both as text. */
const asText = ({ Offset, Limit }: Page) => ({ Offset: String(Offset), Limit: String(Limit) });

/** `DescribeVpcs`. A VPC has no state. */
export const vpcs: Listing = {
  service: vpc,
  action: 'DescribeVpcs',
  list: 'VpcSet',
  body: asText,
  entry: z
    .object({ VpcId: id, VpcName: text, CidrBlock: text })
    .transform(({ VpcId, VpcName, CidrBlock }) => ({
      id: VpcId,
      name: VpcName,
      detail: oneLine(CidrBlock),
      vpcId: VpcId,
    })),
};

/** `DescribeSubnets`, of one VPC or of all. A subnet has no state. */
export const subnets = (vpcId: string | undefined): Listing => ({
  service: vpc,
  action: 'DescribeSubnets',
  list: 'SubnetSet',
  body: (page) => ({
    ...(vpcId === undefined ? {} : { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
    ...asText(page),
  }),
  entry: z
    .object({ SubnetId: id, SubnetName: text, VpcId: text, CidrBlock: text, Zone: text })
    .transform(({ SubnetId, SubnetName, VpcId, CidrBlock, Zone }) => ({
      id: SubnetId,
      name: SubnetName,
      detail: oneLine(CidrBlock, Zone),
      vpcId: oneLine(VpcId),
    })),
});

/** `DescribeCcns`. `ISOLATED` means that the bill wasn't paid. */
export const ccns: Listing = {
  service: vpc,
  action: 'DescribeCcns',
  list: 'CcnSet',
  body: (page) => page,
  entry: z
    .object({ CcnId: id, CcnName: text, State: text })
    .transform(({ CcnId, CcnName, State }) => ({
      id: CcnId,
      name: CcnName,
      state: State,
      unusable: badState([State, 'AVAILABLE']),
    })),
};

import { z } from 'zod';
import { vpc } from '../services';
import { badState, id, type Listing, oneLine, text } from './listing';

/** `DescribeVpnGateways`. */
export const vpnGateways: Listing = {
  service: vpc,
  action: 'DescribeVpnGateways',
  list: 'VpnGatewaySet',
  body: (page) => page,
  entry: z
    .object({
      VpnGatewayId: id,
      VpnGatewayName: text,
      VpcId: text,
      State: text,
      RestrictState: text,
      PublicIpAddress: text,
    })
    .transform((gateway) => ({
      id: gateway.VpnGatewayId,
      name: gateway.VpnGatewayName,
      state: gateway.State,
      unusable: badState([gateway.RestrictState, 'NORMAL'], [gateway.State, 'AVAILABLE']),
      detail: oneLine(gateway.PublicIpAddress),
      vpcId: oneLine(gateway.VpcId),
    })),
};

/** `DescribeDirectConnectGateways`. They have no state; each leads into a VPC or a CCN. */
export const directConnectGateways: Listing = {
  service: vpc,
  action: 'DescribeDirectConnectGateways',
  list: 'DirectConnectGatewaySet',
  body: (page) => page,
  entry: z
    .object({
      DirectConnectGatewayId: id,
      DirectConnectGatewayName: text,
      VpcId: text,
      CcnId: text,
    })
    .transform((gateway) => ({
      id: gateway.DirectConnectGatewayId,
      name: gateway.DirectConnectGatewayName,
      detail: oneLine(gateway.VpcId, gateway.CcnId),
      vpcId: oneLine(gateway.VpcId),
    })),
};

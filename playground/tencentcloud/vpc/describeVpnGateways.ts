import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { filterParameters, passing } from '../endpoint/filters';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';

const request = z.strictObject({
  VpnGatewayIds: z.array(z.string()).max(100).optional(),
  Filters: filterParameters,
  ...pageParameters(100),
});

/** Lists the VPN gateways of the region. The size of a page (100) is assumed, as for VPCs. */
export const describeVpnGateways: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { VpnGatewayIds, Filters } = parsed.value;
  const gateways = holdings.vpnGateways.in(region);
  const wanted = gateways.filter(({ id }) => VpnGatewayIds?.includes(id) ?? true);
  const found = passing(wanted, Filters, {
    'vpc-id': ({ vpcId }) => vpcId,
    'vpn-gateway-id': ({ id }) => id,
    'vpn-gateway-name': ({ name }) => name,
    'public-ip-address': ({ address }) => address,
  });
  if (found.kind === 'refused') return found;
  return {
    kind: 'accepted',
    fields: {
      TotalCount: found.entries.length,
      VpnGatewaySet: pageOf(found.entries, parsed.value).map((gateway) => ({
        VpnGatewayId: gateway.id,
        VpcId: gateway.vpcId,
        VpnGatewayName: gateway.name,
        Type: 'IPSEC',
        State: gateway.state ?? 'AVAILABLE',
        PublicIpAddress: gateway.address,
        RenewFlag: '',
        InstanceChargeType: 'POSTPAID_BY_HOUR',
        InternetMaxBandwidthOut: 100,
        CreatedTime: '2024-04-01 09:00:00',
        ExpiredTime: '',
        IsAddressBlocked: false,
        RestrictState: gateway.restriction ?? 'NORMAL',
        Zone: `${gateway.region}-3`,
      })),
    },
  };
};

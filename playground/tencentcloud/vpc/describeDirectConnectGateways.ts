import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { filterParameters, passing } from '../endpoint/filters';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';
import type { DirectConnectGateway } from './directConnectGateway';

const request = z.strictObject({
  DirectConnectGatewayIds: z.array(z.string()).max(100).optional(),
  Filters: filterParameters,
  ...pageParameters(100),
});

const idBehind = ({ leadsTo }: DirectConnectGateway, kind: 'VPC' | 'CCN'): string =>
  leadsTo.kind === kind ? leadsTo.id : '';

/** Lists the Direct Connect gateways in the region. The size of a page is assumed, as for VPCs. */
export const describeDirectConnectGateways: Action = (parameters, { region, holdings }) => {
  const parsed = parseParameters(request, parameters, 'InvalidParameterValue');
  if (parsed.kind === 'refused') return parsed;
  const { DirectConnectGatewayIds, Filters } = parsed.value;
  const gateways = holdings.directConnectGateways.in(region);
  const wanted = gateways.filter(({ id }) => DirectConnectGatewayIds?.includes(id) ?? true);
  const found = passing(wanted, Filters, {
    'direct-connect-gateway-id': ({ id }) => id,
    'direct-connect-gateway-name': ({ name }) => name,
    'network-type': ({ leadsTo }) => leadsTo.kind,
    'vpc-id': (gateway) => idBehind(gateway, 'VPC'),
    'ccn-id': (gateway) => idBehind(gateway, 'CCN'),
  });
  if (found.kind === 'refused') return found;
  return {
    kind: 'accepted',
    fields: {
      TotalCount: found.entries.length,
      DirectConnectGatewaySet: pageOf(found.entries, parsed.value).map((gateway) => ({
        DirectConnectGatewayId: gateway.id,
        DirectConnectGatewayName: gateway.name,
        VpcId: idBehind(gateway, 'VPC'),
        NetworkType: gateway.leadsTo.kind,
        NetworkInstanceId: gateway.leadsTo.id,
        GatewayType: 'NORMAL',
        CreateTime: '2024-04-02 09:00:00',
        DirectConnectGatewayIp: '169.254.64.1',
        CcnId: idBehind(gateway, 'CCN'),
        CcnRouteType: 'STATIC',
        EnableBGP: false,
        EnableBGPCommunity: false,
        NatGatewayId: '',
        VXLANSupport: [false],
      })),
    },
  };
};

import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { describeCcns } from './describeCcns';
import { describeDirectConnectGateways } from './describeDirectConnectGateways';
import { describeSubnets } from './describeSubnets';
import { describeVpcs } from './describeVpcs';
import { describeVpnGateways } from './describeVpnGateways';

/** Lists networks for the form. Fields: vpc v20170312 of the SDK. */
export const vpc: Service = {
  name: 'vpc',
  version: '2017-03-12',
  needsRegion: true,
  forbidden: UNAUTHORIZED,
  actions: new Map([
    ['DescribeVpcs', describeVpcs],
    ['DescribeSubnets', describeSubnets],
    ['DescribeVpnGateways', describeVpnGateways],
    ['DescribeDirectConnectGateways', describeDirectConnectGateways],
    ['DescribeCcns', describeCcns],
  ]),
  callsPerSecond: { DescribeVpcs: 100, DescribeVpnGateways: 300, DescribeCcns: 100 },
};

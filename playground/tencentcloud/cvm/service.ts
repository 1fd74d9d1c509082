import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { describeInstances } from './describeInstances';

/** Lists machines for the form. Fields: cvm v20170312 of the SDK. */
export const cvm: Service = {
  name: 'cvm',
  version: '2017-03-12',
  needsRegion: true,
  forbidden: UNAUTHORIZED,
  actions: new Map([['DescribeInstances', describeInstances]]),
  callsPerSecond: { DescribeInstances: 40 },
};

import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { describeInstances } from './describeInstances';

/** The list of machines that a form offers. Fields: cvm v20170312 of the SDK. */
export const cvm: Service = {
  name: 'cvm',
  version: '2017-03-12',
  needsRegion: true,
  forbidden: UNAUTHORIZED,
  actions: new Map([['DescribeInstances', describeInstances]]),
  callsPerSecond: { DescribeInstances: 40 },
};

import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { getCallerIdentity } from './getCallerIdentity';

/** Says which account a key belongs to. */
export const sts: Service = {
  name: 'sts',
  version: '2018-08-13',
  needsRegion: true,
  forbidden: UNAUTHORIZED,
  actions: new Map([['GetCallerIdentity', getCallerIdentity]]),
  callsPerSecond: { GetCallerIdentity: 100 },
};

import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { assumeRole, assumeRoleWithWebIdentity } from './assumeRole';
import { getCallerIdentity } from './getCallerIdentity';

/** Says which account a key belongs to, and issues temporary keys. */
export const sts: Service = {
  name: 'sts',
  version: '2018-08-13',
  needsRegion: true,
  forbidden: UNAUTHORIZED,
  actions: new Map([
    ['GetCallerIdentity', getCallerIdentity],
    ['AssumeRole', assumeRole],
    ['AssumeRoleWithWebIdentity', assumeRoleWithWebIdentity],
  ]),
  callsPerSecond: { GetCallerIdentity: 100, AssumeRole: 600, AssumeRoleWithWebIdentity: 20 },
};

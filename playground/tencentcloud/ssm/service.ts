import { type Service, UNAUTHORIZED } from '../endpoint/service';
import { getSecretValue } from './getSecretValue';
import { listSecrets } from './listSecrets';
import { listSecretVersionIds } from './listSecretVersionIds';

/** Secrets Manager. Fields: ssm v20190923 of the SDK; limits: its API page. */
export const ssm: Service = {
  name: 'ssm',
  version: '2019-09-23',
  needsRegion: true,
  forbidden: UNAUTHORIZED,
  actions: new Map([
    ['ListSecrets', listSecrets],
    ['ListSecretVersionIds', listSecretVersionIds],
    ['GetSecretValue', getSecretValue],
  ]),
  callsPerSecond: { ListSecrets: 30, ListSecretVersionIds: 300, GetSecretValue: 300 },
};

import { DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY } from '../../playground/tencentcloud/index';
import { Secret } from '../../src/domain/secrets/secret';
import { silentLog } from '../../src/operations/log';
import type { CloudAccount } from '../../src/tencentcloud/callCloud';
import { createCredentials } from '../../src/tencentcloud/credentials/credentials';
import { keySourceOf } from '../../src/tencentcloud/credentials/sources';
import { unhurriedClock } from './unhurriedClock';

export function accountAt(host: string): CloudAccount {
  const route = {
    endpoint: { protocol: 'http:', host },
    language: 'en-US',
    proxy: undefined,
    secrets: [],
  } as const;
  const settings = {
    kind: 'keys',
    secretId: DEFAULT_SECRET_ID,
    secretKey: new Secret(DEFAULT_SECRET_KEY),
    token: undefined,
  } as const;
  const source = keySourceOf(settings, route, 'ap-guangzhou');
  const surroundings = { clock: unhurriedClock, log: silentLog, random: () => 0.5 };
  return { ...route, credentials: createCredentials(source, surroundings), pace: undefined };
}

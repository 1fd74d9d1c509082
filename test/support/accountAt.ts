import { DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY } from '../../playground/tencentcloud/index';
import { Secret } from '../../src/domain/secrets/secret';
import type { CloudAccount } from '../../src/tencentcloud/callCloud';

export const accountAt = (host: string): CloudAccount => ({
  secretId: DEFAULT_SECRET_ID,
  secretKey: new Secret(DEFAULT_SECRET_KEY),
  token: undefined,
  endpoint: { protocol: 'http:', host },
  language: 'en-US',
  pace: undefined,
});

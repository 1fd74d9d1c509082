import type { WebProxy } from '../domain/proxy';
import type { Secret } from '../domain/secrets/secret';
import type { CallPace } from '../ports/callPace';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { CloudAccount } from './callCloud';
import { ofAllowedAccounts } from './credentials/allowedKeys';
import { createCredentials } from './credentials/credentials';
import type { CredentialSettings } from './credentials/settings';
import { keySourceOf } from './credentials/sources';
import type { Endpoint } from './endpoint';
import type { CloudRoute } from './sendCall';

export interface AccountSettings {
  tencentCloud: {
    allowedAccountIds: readonly string[];
    credentials: CredentialSettings;
    endpoint: Endpoint | undefined;
    region: string;
  };
  proxy: WebProxy | undefined;
  /** The language of Tencent Cloud's error messages. */
  locale: 'en' | 'zh-CN';
}

/** The account in the settings, which contain `secrets`. Without `pace`, calls are made at once. */
export function accountOf(
  { tencentCloud, locale, proxy }: AccountSettings,
  secrets: readonly Secret[],
  surroundings: { clock: Clock; log: Log; random(): number },
  pace?: CallPace,
): CloudAccount {
  const { allowedAccountIds, credentials: settings, endpoint, region } = tencentCloud;
  const language = locale === 'en' ? 'en-US' : locale;
  const route: CloudRoute = { endpoint, language, proxy, secrets };
  const source = ofAllowedAccounts(
    keySourceOf(settings, route, region),
    allowedAccountIds,
    route,
    region,
  );
  return { ...route, credentials: createCredentials(source, surroundings), pace };
}

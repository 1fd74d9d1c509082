import type { CallPace } from '../ports/callPace';
import type { CloudAccount } from './callCloud';

/** What the settings say about the account. */
export interface AccountSettings {
  tencentCloud: Pick<CloudAccount, 'secretId' | 'secretKey' | 'token' | 'endpoint'>;
  /** The language in which Tencent Cloud words its errors. */
  locale: 'en' | 'zh-CN';
}

/** The account of the settings. Without `pace`, calls are sent at once. */
export function accountOf(
  { tencentCloud, locale }: AccountSettings,
  pace?: CallPace,
): CloudAccount {
  const { secretId, secretKey, token, endpoint } = tencentCloud;
  const language = locale === 'en' ? 'en-US' : locale;
  return { secretId, secretKey, token, endpoint, language, pace };
}

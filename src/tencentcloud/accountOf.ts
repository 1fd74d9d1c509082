import type { CallPace } from '../ports/callPace';
import type { CloudAccount } from './callCloud';

export interface AccountSettings {
  tencentCloud: Pick<CloudAccount, 'secretId' | 'secretKey' | 'token' | 'endpoint'>;
  /** The language of Tencent Cloud's error messages. */
  locale: 'en' | 'zh-CN';
}

/** The account in the settings. Without `pace`, calls are made at once. */
export function accountOf(
  { tencentCloud, locale }: AccountSettings,
  pace?: CallPace,
): CloudAccount {
  const { secretId, secretKey, token, endpoint } = tencentCloud;
  const language = locale === 'en' ? 'en-US' : locale;
  return { secretId, secretKey, token, endpoint, language, pace };
}

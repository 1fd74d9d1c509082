import type { Config } from '../../config';
import type { Messages } from '../../i18n/locales';
import type { CloudAccount } from '../../tencentcloud/callCloud';

/** What the checks examine, and the words for their findings. */
export interface Examined {
  config: Config;
  messages: Messages;
  account: CloudAccount;
  region: string;
}

/** Ends a call to Tencent Cloud that takes too long. */
export const abandonSlowCall = (): AbortSignal => AbortSignal.timeout(20_000);

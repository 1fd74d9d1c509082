import { randomBytes } from 'node:crypto';
import { APPROVERS_GROUP, DB_MIGRATIONS, type SlackWorkspace } from './slack/index';
import { DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY, type DtsEndpoint } from './tencentcloud/index';

/** The settings with which a bot uses these servers, with a new key for passwords. */
export function botEnvironment(
  slack: SlackWorkspace,
  dts: Pick<DtsEndpoint, 'url'>,
  mode: 'socket' | 'http' = 'socket',
) {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(mode === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    TENCENTCLOUD_SECRET_ID: DEFAULT_SECRET_ID,
    TENCENTCLOUD_SECRET_KEY: DEFAULT_SECRET_KEY,
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_ENDPOINT: dts.url,
    SEAL_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  };
}

/** Who decides where, for a bot without a policy file. */
export const approversEnvironment = {
  APPROVAL_CHANNEL: DB_MIGRATIONS,
  APPROVERS: APPROVERS_GROUP,
};

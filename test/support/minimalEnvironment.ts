import { botEnvironment } from '../../playground/botEnvironment';
import { DB_MIGRATIONS, type SlackWorkspace } from '../../playground/slack/index';

/** The fewest settings with which Ferry starts. Nothing listens at the address of the cloud. */
export const minimalEnvironment = (
  slack: SlackWorkspace,
  mode: 'socket' | 'http' = 'socket',
): Record<string, string> => ({
  ...botEnvironment(slack, { url: 'http://127.0.0.1:9' }, mode),
  TENCENTCLOUD_SECRET_KEY: 'canary-key',
  APPROVAL_CHANNEL: DB_MIGRATIONS,
  APPROVERS: 'channel',
  PORT: '0',
});

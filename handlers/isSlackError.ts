import { webApi } from '@slack/bolt';

/** True if Slack rejected a call with one of these errors, such as `not_found`. */
export const isSlackError = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof webApi.WebAPIPlatformError && names.includes(error.data.error);

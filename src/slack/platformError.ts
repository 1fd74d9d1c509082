import { ErrorCode } from '@slack/web-api';
import { z } from 'zod';

const schema = z.object({
  code: z.literal(ErrorCode.PlatformError),
  data: z.object({ error: z.string() }),
});

/** The name of Slack's error, such as `not_in_channel`. */
export function platformError(error: unknown): string | undefined {
  return schema.safeParse(error).data?.data.error;
}

/** The same, but only for errors that persist and aren't temporary failures of Slack. */
export function lastingError(error: unknown): string | undefined {
  const name = platformError(error);
  return /internal_error|fatal_error|ratelimited|unavailable|request_timeout/.test(name ?? '')
    ? undefined
    : name;
}

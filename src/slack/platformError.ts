import { z } from 'zod';

const schema = z.object({ data: z.object({ error: z.string() }) });

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

/** The entry for Slack's error in a table. */
export function entryFor<Entry>(
  entries: Readonly<Record<string, Entry>>,
  error: unknown,
): Entry | undefined {
  const name = platformError(error);
  return name === undefined ? undefined : entries[name];
}

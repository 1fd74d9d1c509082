import { z } from 'zod';

const schema = z.object({ data: z.object({ error: z.string() }) });

/** The error in a response. If the response isn't JSON, Slack's SDK puts the whole body here. */
function errorIn(error: unknown): string | undefined {
  return schema.safeParse(error).data?.data.error;
}

/** False for the page of a proxy, for example, or for an empty body. */
const isName = (error: string): boolean => /^[a-z0-9_]+$/.test(error);

/** The name of Slack's error, such as `not_in_channel`. */
export function platformError(error: unknown): string | undefined {
  const name = errorIn(error);
  return name !== undefined && isName(name) ? name : undefined;
}

/** Errors after which the same call may succeed later, without any change by a person. */
const temporary: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'update_failed',
  'fetch_members_failed',
  'ratelimited',
  // `chat.postMessage` has both spellings.
  'rate_limited',
  'message_limit_exceeded',
  // While the workspace or the channel moves to an Enterprise organization.
  'team_added_to_org',
  'org_login_required',
  'external_channel_migrating',
]);

/** The name of Slack's error, unless the same call may succeed later. */
export function lastingError(error: unknown): string | undefined {
  const name = platformError(error);
  return name === undefined || temporary.has(name) ? undefined : name;
}

/** Why a call failed, for admins. */
export function failureOf(error: unknown): string {
  const said = errorIn(error);
  if (said === undefined) return withCause(error);
  return isName(said) ? said : `the response is not from Slack: ${JSON.stringify(start(said))}`;
}

/** The message of an error. `fetch` says why it failed only in the innermost cause. */
function withCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const why = innermost(error);
  const detail = why.message === '' ? String(Reflect.get(why, 'code') ?? why.name) : why.message;
  return error.message.includes(detail) ? error.message : `${error.message} (${detail})`;
}

const innermost = (error: Error): Error =>
  error.cause instanceof Error ? innermost(error.cause) : error;

const start = (body: string): string => body.slice(0, 100);

/** The entry for Slack's error in a table. */
export function entryFor<Entry>(
  entries: Readonly<Record<string, Entry>>,
  error: unknown,
): Entry | undefined {
  const name = platformError(error);
  return name === undefined ? undefined : entries[name];
}

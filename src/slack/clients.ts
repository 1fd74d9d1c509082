import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports/log';
import { slackLogger } from './log';

/**
 * Options for calls that a person waits for: no retries, a timeout within Slack's three seconds,
 * and no queue that a rate limit elsewhere could pause. Each client gets new ones, because Bolt
 * changes the options.
 */
export function interactiveOptions(apiUrl: string, log: Log): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    logger: slackLogger(log, 'slack'),
    timeout: 2_500,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

/** A client for calls that a person waits for. */
export function interactiveClient(token: string, apiUrl: string, log: Log): WebClient {
  return new WebClient(token, interactiveOptions(apiUrl, log));
}

/**
 * A client for calls that a person waits for after the click was acknowledged, mostly lookups of
 * people.
 */
export function patientClient(token: string, apiUrl: string, log: Log): WebClient {
  return new WebClient(token, { ...interactiveOptions(apiUrl, log), timeout: 4_000 });
}

/**
 * A client for cards and replies. It doesn't retry either: a post without a response may have been
 * made, and the announcer decides about it.
 */
export function backgroundClient(token: string, apiUrl: string, log: Log): WebClient {
  return new WebClient(token, { ...interactiveOptions(apiUrl, log), timeout: 15_000 });
}

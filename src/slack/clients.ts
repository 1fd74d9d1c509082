import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports/log';
import { slackLogger } from './log';

/**
 * Options for calls that a person waits for: no retries, a bound that fits into the three seconds
 * that Slack allows, and no queue that a rate limit elsewhere could pause.
 *
 * Made anew for each use, because Bolt changes the options that it is given.
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

/** A client for what a person waits for. */
export function interactiveClient(token: string, apiUrl: string, log: Log): WebClient {
  return new WebClient(token, interactiveOptions(apiUrl, log));
}

/** A client for what a person waits for after the click was acknowledged, who they are above all. */
export function patientClient(token: string, apiUrl: string, log: Log): WebClient {
  return new WebClient(token, { ...interactiveOptions(apiUrl, log), timeout: 4_000 });
}

/**
 * A client for cards and replies. It does not retry either: a post whose answer was lost may have
 * been made, which is the announcer's to judge.
 */
export function backgroundClient(token: string, apiUrl: string, log: Log): WebClient {
  return new WebClient(token, { ...interactiveOptions(apiUrl, log), timeout: 15_000 });
}

import { basename } from 'node:path/posix';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';
import { slackLogger } from './log';

/**
 * Options for calls that a person waits for: no retries, a timeout within Slack's three seconds,
 * and no queue that a rate limit elsewhere could pause. Each client gets new ones, because Bolt
 * changes the options.
 * @param metrics counts the calls that Slack refuses because there are too many
 */
export function interactiveOptions(apiUrl: string, log: Log, metrics?: Metrics): WebClientOptions {
  return {
    ...(metrics === undefined ? {} : { fetch: countingLimits(metrics) }),
    slackApiUrl: apiUrl,
    logger: slackLogger(log, 'slack'),
    timeout: 2_500,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

const countingLimits =
  (metrics: Metrics): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    if (response.status === 429) {
      // Ferry calls methods with fixed names only.
      const method = basename(new URL(response.url).pathname);
      metrics.measure({ kind: 'slack_limit', method });
    }
    return response;
  };

/** A client for calls that a person waits for. */
export function interactiveClient(
  token: string,
  apiUrl: string,
  log: Log,
  metrics?: Metrics,
): WebClient {
  return new WebClient(token, interactiveOptions(apiUrl, log, metrics));
}

/**
 * A client for calls that a person waits for after the click was acknowledged, mostly lookups of
 * people.
 */
export function patientClient(
  token: string,
  apiUrl: string,
  log: Log,
  metrics: Metrics,
): WebClient {
  return new WebClient(token, { ...interactiveOptions(apiUrl, log, metrics), timeout: 4_000 });
}

/**
 * A client for cards and replies. It doesn't retry either: a post without a response may have been
 * made, and the announcer decides about it.
 */
export function backgroundClient(
  token: string,
  apiUrl: string,
  log: Log,
  metrics: Metrics,
): WebClient {
  return new WebClient(token, { ...interactiveOptions(apiUrl, log, metrics), timeout: 15_000 });
}

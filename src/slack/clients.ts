import { basename } from 'node:path/posix';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';
import { slackLogger } from './log';

/** The limit for calls that a person waits for after the click was acknowledged, in ms. */
const patientMs = 4_000;

/**
 * Options for calls that a person waits for: no retries, a timeout within Slack's three seconds,
 * and no queue that a rate limit elsewhere could pause. Each client gets new ones, because Bolt
 * changes the options.
 * @param metrics counts the calls that Slack refuses because there are too many
 */
export function interactiveOptions(apiUrl: string, log: Log, metrics?: Metrics): WebClientOptions {
  return {
    fetch: boundedFetch(apiUrl, metrics),
    slackApiUrl: apiUrl,
    logger: slackLogger(log, 'slack'),
    timeout: 2_500,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

/**
 * Adds a timeout and refuses redirects, because Bolt does neither when it calls response URLs. These
 * URLs are secret, and each one is different, so they share a label.
 */
const boundedFetch =
  (apiUrl: string, metrics?: Metrics): typeof fetch =>
  async (input, init) => {
    const signal = init?.signal ?? AbortSignal.timeout(patientMs);
    const response = await fetch(input, { ...init, redirect: 'error', signal });
    if (response.status === 429) {
      const { href, pathname } = new URL(response.url);
      // Ferry calls methods with fixed names only.
      const method = href.startsWith(new URL(apiUrl).href) ? basename(pathname) : 'response_url';
      metrics?.measure({ kind: 'slack_limit', method });
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
  return new WebClient(token, { ...interactiveOptions(apiUrl, log, metrics), timeout: patientMs });
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

import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPModuleFunctions, HTTPReceiver } from '@slack/bolt';
import type { Log } from '../ports/log';
import type { HttpRefusal, SlackConnection } from './connection';
import { delivery } from './delivery';
import { slackLogger } from './log';

/** Slack signs the second of its request; both clocks may be this far apart. */
const mostSkewSeconds = 300;
/**
 * The largest body, in bytes. The largest that Slack sends is a form: a view of 250 KB in JSON, which
 * grows threefold when it is percent-encoded, and what was typed into it.
 */
const mostBytes = 1_048_576;
/** Anybody can send wrong requests; they must not fill the log. */
const loggedEveryMs = 10_000;

/** How long requests that were accepted may take to be answered when the connection stops. */
const lastAnswersMs = 1_000;

const refusals = {
  not_connected: { status: 503, words: 'not started, or stopping' },
  no_signature: { status: 401, words: 'not signed' },
  wrong_time: { status: 401, words: 'signed too long ago, or in the future' },
  wrong_signature: { status: 401, words: 'the signature is wrong' },
  too_large: { status: 413, words: 'too large' },
  malformed: { status: 400, words: 'not what Slack sends' },
} as const satisfies Record<string, HttpRefusal>;
type Reason = keyof typeof refusals;

/**
 * HTTP mode: Slack posts signed requests to the process's own server. What the headers already show to
 * be wrong is refused before the body is read; Bolt verifies the signature and carries on from there.
 */
export function httpConnection(options: {
  signingSecret: string;
  log: Log;
  now(): Date;
  onChange(isUp: boolean): void;
}): SlackConnection {
  const { signingSecret, log, now, onChange } = options;
  const receiver = new HTTPReceiver({ signingSecret, logger: slackLogger(log, 'http') });
  const { parseAndVerifyHTTPRequest, parseHTTPRequestBody, isRawBodyError } = HTTPModuleFunctions;
  /** Requests that were accepted and are not answered yet. */
  const answering = new Set<Promise<void>>();
  let up = false;
  let unlogged = 0;
  let loggedAt = Number.NEGATIVE_INFINITY;

  const refusal = (reason: Reason): HttpRefusal => {
    unlogged += 1;
    if (reason !== 'not_connected' && performance.now() - loggedAt >= loggedEveryMs) {
      log.warn('requests to /slack/events were refused', { reason, count: unlogged });
      unlogged = 0;
      loggedAt = performance.now();
    }
    return refusals[reason];
  };

  const wrongInHeaders = (headers: IncomingHttpHeaders): Reason | undefined => {
    const { 'x-slack-signature': signature, 'x-slack-request-timestamp': sentAt } = headers;
    if (typeof signature !== 'string' || !/^v0=[0-9a-f]{64}$/.test(signature)) {
      return 'no_signature';
    }
    if (typeof sentAt !== 'string' || !/^\d{1,12}$/.test(sentAt)) return 'no_signature';
    const skewSeconds = Math.abs(Number(sentAt) - now().getTime() / 1_000);
    if (skewSeconds > mostSkewSeconds) return 'wrong_time';
    return Number(headers['content-length'] ?? 0) > mostBytes ? 'too_large' : undefined;
  };

  return {
    receiver,
    async start() {
      up = true;
      onChange(true);
      return undefined;
    },
    isUp: () => up,
    async stop() {
      up = false;
      onChange(false);
      await Promise.race([Promise.all(answering), sleep(lastAnswersMs, undefined, { ref: false })]);
    },
    async listener(request, response) {
      if (!up) return refusal('not_connected');
      const answered = new Promise<void>((resolve) => response.once('close', resolve));
      answering.add(answered);
      answered.then(() => answering.delete(answered));
      const wrong = wrongInHeaders(request.headers);
      if (wrong !== undefined) return refusal(wrong);
      let buffered: Awaited<ReturnType<typeof parseAndVerifyHTTPRequest>>;
      try {
        const bodyLimit = mostBytes;
        buffered = await parseAndVerifyHTTPRequest({ signingSecret, bodyLimit }, request);
      } catch (error) {
        const isTooLarge = isRawBodyError(error) && error.type === 'entity.too.large';
        return refusal(isTooLarge ? 'too_large' : 'wrong_signature');
      }
      // A request whose body arrived too late would find the workers stopped; Slack sends it again.
      if (!up) return refusal('not_connected');
      if (!isDelivery(() => parseHTTPRequestBody(buffered))) return refusal('malformed');
      receiver.requestListener(buffered, response);
      return undefined;
    },
  };
}

function isDelivery(parse: () => unknown): boolean {
  try {
    return delivery.safeParse(parse()).success;
  } catch {
    return false;
  }
}

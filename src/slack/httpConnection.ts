import type { IncomingHttpHeaders } from 'node:http';
import { HTTPModuleFunctions, HTTPReceiver } from '@slack/bolt';
import { within } from '../domain/time/within';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { HttpRefusal, SlackConnection } from './connection';
import { delivery } from './delivery';
import { slackLogger } from './log';

/** Slack signs a timestamp in seconds. Its clock and this machine's may differ by this much. */
const mostSkewSeconds = 300;
/**
 * The largest body, in bytes. Slack's largest is a form: a view of 250 KB in JSON, which triples in
 * percent-encoding, and the typed values.
 */
const mostBytes = 1_048_576;
/** Anyone can send invalid requests, so logging them is limited. In ms. */
const loggedEveryMs = 10_000;

/** How long pending answers may take when the connection stops, in ms. */
const lastAnswersMs = 1_000;

const refusals = {
  not_connected: { status: 503, words: 'not started, or stopping' },
  no_signature: { status: 401, words: 'not signed' },
  wrong_time: { status: 401, words: 'signed too long ago, or in the future' },
  wrong_signature: { status: 401, words: 'the signature is wrong' },
  broken_off: { status: 400, words: 'the body is incomplete' },
  too_large: { status: 413, words: 'too large' },
  malformed: { status: 400, words: 'not what Slack sends' },
} as const satisfies Record<string, HttpRefusal>;
type Reason = keyof typeof refusals;

/**
 * HTTP mode: Slack posts signed requests to this process. Requests with invalid headers are refused
 * before their body is read; Bolt verifies the signature and continues from there.
 */
export function httpConnection(options: {
  signingSecret: string;
  log: Log;
  /** The machine's clock, for the timestamps of Slack's signatures. */
  clock: Clock;
  onChange(isUp: boolean): void;
}): SlackConnection {
  const { signingSecret, log, clock, onChange } = options;
  const receiver = new HTTPReceiver({ signingSecret, logger: slackLogger(log, 'http') });
  const { parseAndVerifyHTTPRequest, parseHTTPRequestBody, isRawBodyError } = HTTPModuleFunctions;
  /** Requests that were accepted and not answered yet. */
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
    const skewSeconds = Math.abs(Number(sentAt) - clock.now().getTime() / 1_000);
    if (skewSeconds > mostSkewSeconds) return 'wrong_time';
    return Number(headers['content-length']) > mostBytes ? 'too_large' : undefined;
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
      await within(clock, Promise.all(answering), lastAnswersMs);
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
        if (isTooLarge) return refusal('too_large');
        return refusal(request.complete ? 'wrong_signature' : 'broken_off');
      }
      // The workers have stopped by the time this body arrived. Slack sends the request again.
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

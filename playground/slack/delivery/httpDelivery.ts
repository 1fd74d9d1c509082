import { createHmac } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { type Json, type JsonObject, parseJson } from '../json';
import type { Recorder } from '../records/recorder';
import { readBody } from '../webApi/body';
import { SIGNING_SECRET } from '../workspace/seed';
import type { Outgoing, Receipt, Transport } from './transport';

/** Sends signed requests to the app's request URL. The response is the acknowledgement. */
export class HttpDelivery implements Transport {
  readonly via = 'http';
  readonly #open = new Set<ClientRequest>();

  constructor(
    private readonly requestUrl: string,
    private readonly recorder: Recorder,
  ) {}

  send(outgoing: Outgoing): Promise<Receipt> {
    const { contentType, body } = encode(outgoing);
    return new Promise((resolve) => {
      const settle = (receipt: Receipt): void => {
        this.#open.delete(sent);
        resolve(receipt);
      };
      const sent = request(
        this.requestUrl,
        {
          method: 'POST',
          agent: false,
          headers: {
            'content-type': contentType,
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
            ...signature(body),
            ...retryHeaders(outgoing),
          },
        },
        (response) => {
          readBody(response).then(
            (text) => settle(this.#receipt(response.statusCode ?? 0, text)),
            () => settle({ kind: 'failed', error: 'dispatch_failed' }),
          );
        },
      );
      sent.on('error', () => settle({ kind: 'failed', error: 'dispatch_failed' }));
      this.#open.add(sent);
      sent.end(body);
    });
  }

  #receipt(status: number, text: string): Receipt {
    const parsed = parseJson(text);
    if (text !== '') this.recorder.sent(text, parsed);
    if (status >= 200 && status < 300) {
      return { kind: 'acknowledged', response: responseOf(text, parsed) };
    }
    const error = status >= 500 ? 'http_service_error' : 'http_client_error';
    return { kind: 'failed', error };
  }

  close(): void {
    for (const sent of this.#open) sent.destroy();
  }
}

function responseOf(text: string, parsed: Json | undefined): Json | undefined {
  if (text === '') return undefined;
  return typeof parsed === 'object' && parsed !== null ? parsed : { text };
}

function encode({ kind, body }: Outgoing): { readonly contentType: string; readonly body: string } {
  if (kind === 'event') return { contentType: 'application/json', body: JSON.stringify(body) };
  const form = kind === 'command' ? fields(body) : { payload: JSON.stringify(body) };
  return {
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(form).toString(),
  };
}

function fields(body: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value ?? '')]));
}

// Receivers compare the timestamp with real time, so this doesn't use the workspace's clock.
function signature(body: string): Record<string, string> {
  const seconds = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': seconds, 'x-slack-signature': `v0=${digest}` };
}

function retryHeaders({ kind, attempt, retryReason }: Outgoing): Record<string, string> {
  if (kind !== 'event' || attempt === 0) return {};
  return { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': retryReason };
}

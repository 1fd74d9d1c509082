import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { MutableCall } from './call';

/** The record of a request whose headers were just parsed. `at` is the endpoint's clock, in ms. */
export function openCall(request: IncomingMessage, index: number, at: number): MutableCall {
  const { headers } = request;
  return {
    index,
    at,
    atMonotonicMs: Number(process.hrtime.bigint()) / 1e6,
    method: request.method ?? '',
    path: request.url ?? '/',
    headers,
    action: single(headers, 'x-tc-action'),
    version: single(headers, 'x-tc-version'),
    region: single(headers, 'x-tc-region'),
    rawBody: '',
    body: undefined,
    fault: undefined,
    verdict: { kind: 'pending' },
    jobId: undefined,
    exchange: 'open',
  };
}

function single(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

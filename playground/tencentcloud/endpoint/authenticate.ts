import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Credentials } from './credentials';
import { type Refusal, refusal } from './refusal';
import { signTc3 } from './signTc3';

/** The parts of a request that its signature covers or its credential needs. */
export interface SignedRequest {
  readonly method: string;
  /** The path and query as sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/\s,]+)\/(\d{4}-\d\d-\d\d)\/([^/\s,]+)\/tc3_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})$/;

const MAX_SKEW_SECONDS = 300;

/**
 * Verifies TC3-HMAC-SHA256: credential, age (five minutes either way, `nowMs` in ms), date scope,
 * service, signature (compared in constant time) and token. `undefined` means authenticated.
 *
 * As in the SDK, the service is the Host header up to its first dot ("127" for 127.0.0.1:8080), and
 * the signed host has no port.
 */
export function authenticate(
  request: SignedRequest,
  credentials: Credentials,
  nowMs: number,
): Refusal | undefined {
  const { headers } = request;
  const parts = AUTHORIZATION.exec(headers.authorization ?? '');
  const [, secretId, date, service, signedHeaders, signature] = parts ?? [];
  if (
    secretId === undefined ||
    date === undefined ||
    service === undefined ||
    signedHeaders === undefined ||
    signature === undefined
  ) {
    return refusal(
      'AuthFailure.InvalidAuthorization',
      'The Authorization header is not a TC3-HMAC-SHA256 authorization.',
    );
  }
  const names = signedHeaders.split(';');
  if (!names.includes('content-type') || !names.includes('host')) {
    return refusal(
      'AuthFailure.InvalidAuthorization',
      'SignedHeaders must contain content-type and host.',
    );
  }
  const timestamp = headerText(headers, 'x-tc-timestamp');
  if (!/^\d{1,12}$/.test(timestamp)) {
    return refusal('InvalidParameter', 'The parameter `Timestamp` is not a number of seconds.');
  }
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > MAX_SKEW_SECONDS) {
    return refusal(
      'AuthFailure.SignatureExpire',
      `Timestamp ${timestamp} is more than ${MAX_SKEW_SECONDS} seconds from the server's clock.`,
    );
  }
  if (secretId !== credentials.secretId) {
    return refusal('AuthFailure.SecretIdNotFound', `There is no SecretId ${secretId}.`);
  }
  const scopeDate = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const scopeService = headers.host?.split('.')[0] ?? '';
  const [path, query] = splitOnce(request.path, '?');
  const expected = signTc3({
    method: request.method,
    path,
    query,
    headers: names.map((name) => [name, canonicalValue(headers, name)]),
    body: request.body,
    timestamp,
    date: scopeDate,
    service: scopeService,
    secretKey: credentials.secretKey,
  });
  const scopeMatches = date === scopeDate && service === scopeService;
  const signatureMatches = timingSafeEqual(
    Buffer.from(expected, 'hex'),
    Buffer.from(signature, 'hex'),
  );
  if (!scopeMatches || !signatureMatches) {
    return refusal(
      'AuthFailure.SignatureFailure',
      'The signature is not the one this request should carry.',
    );
  }
  if (headerText(headers, 'x-tc-token') !== (credentials.token ?? '')) {
    return refusal('AuthFailure.TokenFailure', 'The token does not belong to this SecretId.');
  }
  return undefined;
}

function canonicalValue(headers: IncomingHttpHeaders, name: string): string {
  // The SDK signs URL.hostname, which has no port.
  if (name === 'host') return (headers.host ?? '').replace(/:\d+$/, '');
  const value = headerText(headers, name).trim();
  return name === 'content-type' ? value : value.toLowerCase();
}

function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

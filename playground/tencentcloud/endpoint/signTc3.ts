import { createHash, createHmac } from 'node:crypto';

/** Everything that a TC3-HMAC-SHA256 signature depends on. */
export interface Tc3Input {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The query without the question mark, as sent. */
  readonly query: string;
  /** The names and values of signed headers, in signing order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Unix seconds, as text. */
  readonly timestamp: string;
  /** The UTC date of the credential scope, yyyy-mm-dd. */
  readonly date: string;
  readonly service: string;
  readonly secretKey: string;
}

/**
 * Returns the signature as 64 hex digits.
 *
 * Source: `common/sign.js` of tencentcloud-sdk-nodejs 4.1.313 (`sign3`).
 */
export function signTc3(input: Tc3Input): string {
  const canonicalRequest = [
    input.method,
    input.path,
    input.query,
    ...input.headers.map(([name, value]) => `${name}:${value}`),
    '',
    input.headers.map(([name]) => name).join(';'),
    sha256(input.body),
  ].join('\n');
  const scope = `${input.date}/${input.service}/tc3_request`;
  const stringToSign = ['TC3-HMAC-SHA256', input.timestamp, scope, sha256(canonicalRequest)].join(
    '\n',
  );
  const dateKey = hmac(`TC3${input.secretKey}`, input.date);
  const signingKey = hmac(hmac(dateKey, input.service), 'tc3_request');
  return hmac(signingKey, stringToSign).toString('hex');
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Uint8Array, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

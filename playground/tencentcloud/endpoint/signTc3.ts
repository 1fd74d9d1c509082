import { createHash, createHmac } from 'node:crypto';

/** Everything the TC3-HMAC-SHA256 signature of one request depends on. */
export interface Tc3Input {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Query without the question mark, as sent. */
  readonly query: string;
  /** Name and value of each signed header, in the order signed. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Unix seconds, as text. */
  readonly timestamp: string;
  /** UTC date of the credential scope, yyyy-mm-dd. */
  readonly date: string;
  readonly service: string;
  readonly secretKey: string;
}

/**
 * The signature, 64 hex digits.
 *
 * Facts: `common/sign.js` of tencentcloud-sdk-nodejs 4.1.313 (`sign3`).
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

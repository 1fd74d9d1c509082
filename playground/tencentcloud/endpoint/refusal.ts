/**
 * A Tencent Cloud error: a published code (common, or of DTS 2018-03-30) and a message. It is sent
 * as HTTP 200 with `Response.Error`.
 */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

/** Creates a `Refusal`. `code` is a Tencent Cloud error code, `message` names the field. */
export function refusal(code: string, message: string): Refusal {
  return { kind: 'refused', code, message };
}

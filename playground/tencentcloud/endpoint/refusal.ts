/**
 * An error in Tencent Cloud's terms: a code of the published lists (common ones, and those of DTS
 * 2018-03-30) and a sentence for people. It travels as HTTP 200 with `Response.Error`.
 */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

/** Makes a `Refusal`; `code` is a Tencent Cloud error code, `message` names the field concerned. */
export function refusal(code: string, message: string): Refusal {
  return { kind: 'refused', code, message };
}

/** Whether a fault happens before or after the request is processed. After, a job may exist. */
export type When = 'before' | 'after';

/** Delays a complete request before it is processed. */
export interface HoldFault {
  readonly kind: 'hold';
}

/** A fault without a handle. With `before`, nothing is verified and no job is created. */
export type PlainFault =
  /** A Tencent Cloud error; by default `when` is `before`. */
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly message?: string;
      readonly when?: When;
    }
  /** Silence: the connection stays open until the client or the endpoint closes it. */
  | { readonly kind: 'noAnswer'; readonly when: When }
  /** The socket is destroyed. */
  | { readonly kind: 'reset'; readonly when: When }
  /** Status 200, headers and half a body, then silence. */
  | { readonly kind: 'stalledBody'; readonly when: When }
  /** Any HTTP status; by default the body is a gateway's HTML page. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly when: When;
      readonly body?: string;
    }
  /** Status 200 with an HTML page. */
  | { readonly kind: 'html'; readonly when: When }
  /** Status 200 with no body. */
  | { readonly kind: 'empty'; readonly when: When }
  /** Status 200 with a JSON object that has no `Response`. */
  | { readonly kind: 'noResponse'; readonly when: When }
  /** Status 200 and a `Response` with these fields and a RequestId, whatever the request was. */
  | { readonly kind: 'answer'; readonly fields: Readonly<Record<string, unknown>> }
  /** Redirects the client without processing the request. `location` is the header as sent. */
  | {
      readonly kind: 'redirect';
      readonly status: 301 | 302 | 307 | 308;
      readonly location: string;
    }
  /** Waits `ms` of real time, then processes and answers, even if the client has disconnected. */
  | { readonly kind: 'slow'; readonly ms: number };

export type Fault = HoldFault | PlainFault;

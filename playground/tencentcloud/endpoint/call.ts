import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from './fault';

/** The endpoint's decision about a request. */
export type Verdict =
  /** Not decided yet: the body is still arriving, or a `hold` or `slow` fault delays it. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** A planned fault replaced the response. The call's `jobId` shows whether a job exists. */
  | { readonly kind: 'faulted'; readonly fault: Fault };

/**
 * The state of the exchange: `open` (nothing finished), `answered` (a complete HTTP response was
 * written to the socket), `cut` (the endpoint destroyed the socket) or `clientGone` (the client
 * closed it first).
 */
export type Exchange = 'open' | 'answered' | 'cut' | 'clientGone';

/**
 * An HTTP request as received. The record is live: `rawBody`, `body`, `verdict`, `jobId` and
 * `exchange` are set as the request progresses. It contains passwords as sent.
 */
export interface Call {
  /** 0 for the endpoint's first request. */
  readonly index: number;
  /** When the headers were parsed, by the endpoint's clock (`now`), in ms since 1970. */
  readonly at: number;
  /** The same moment on the machine's monotonic clock (`process.hrtime`), in ms. */
  readonly atMonotonicMs: number;
  readonly method: string;
  /** The path and query as sent. */
  readonly path: string;
  /** Lower-case names, as in Node. */
  readonly headers: IncomingHttpHeaders;
  /** `X-TC-Action`, `X-TC-Version`, `X-TC-Region`, if sent. */
  readonly action: string | undefined;
  readonly version: string | undefined;
  readonly region: string | undefined;
  /** The body as UTF-8; empty until it is complete, or if it is too large. */
  readonly rawBody: string;
  /**
   * The parameters: the JSON body, or the nested query of a GET; `undefined` if they are
   * unreadable.
   */
  readonly body: unknown;
  /** The planned fault of this request, even if it only delayed it. */
  readonly fault: Fault | undefined;
  readonly verdict: Verdict;
  /** The job that this request created. */
  readonly jobId: string | undefined;
  readonly exchange: Exchange;
}

/** The endpoint's writable view of a `Call`. */
export type MutableCall = { -readonly [Field in keyof Call]: Call[Field] };

import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from './fault';

/** How the endpoint judged a request. */
export type Verdict =
  /** Not judged yet: the body is still arriving, or a `hold` or `slow` fault delays it. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** A planned fault decided what the client got; `jobId` of the call tells if a job exists. */
  | { readonly kind: 'faulted'; readonly fault: Fault };

/**
 * What became of the exchange: `open` (nothing finished), `answered` (a complete HTTP answer was
 * handed to the socket), `cut` (the endpoint destroyed the socket) or `clientGone` (the client
 * closed it first).
 */
export type Exchange = 'open' | 'answered' | 'cut' | 'clientGone';

/**
 * One HTTP request as received. A live record: `rawBody`, `body`, `verdict`, `jobId` and
 * `exchange` are filled in as the request goes on. Holds passwords as sent.
 */
export interface Call {
  /** 0 for the first request of the endpoint. */
  readonly index: number;
  /** Endpoint clock (`now`), ms since 1970, when the headers were parsed. */
  readonly at: number;
  /** The same moment on the machine's monotonic clock (`process.hrtime`), in ms. */
  readonly atMonotonicMs: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** Lower-case names, as Node gives them. */
  readonly headers: IncomingHttpHeaders;
  /** `X-TC-Action`, `X-TC-Version`, `X-TC-Region`, if sent. */
  readonly action: string | undefined;
  readonly version: string | undefined;
  readonly region: string | undefined;
  /** The bytes of the body read as UTF-8; empty until the whole body is here, or if too large. */
  readonly rawBody: string;
  /** The parameters: the JSON body, or for GET the query nested; undefined if not readable. */
  readonly body: unknown;
  /** The planned fault this request met, also when it only delayed the request. */
  readonly fault: Fault | undefined;
  readonly verdict: Verdict;
  /** The job this request created. */
  readonly jobId: string | undefined;
  readonly exchange: Exchange;
}

/** The endpoint's own, writable view of a `Call`. */
export type MutableCall = { -readonly [Field in keyof Call]: Call[Field] };

import { DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY } from './credentials';
import type { EndpointPolicy } from './endpointPolicy';

/** How to start an endpoint; every option may be left out. */
export interface DtsOptions {
  /** TCP port on 127.0.0.1; 0, the default, takes any free one. */
  readonly port?: number;
  /** The endpoint's clock, ms since 1970; `Date.now`. Signatures are dated by it too. */
  readonly now?: () => number;
  /** The clock by which signatures are dated, where it is another one: the SDK's is the machine's. */
  readonly signatureNow?: () => number;
  /** `DEFAULT_SECRET_ID`. */
  readonly secretId?: string;
  /** `DEFAULT_SECRET_KEY`. */
  readonly secretKey?: string;
  /** Makes the credential a temporary one: requests must then carry this `X-TC-Token`. */
  readonly token?: string;
  /** Actions the account may call; all of them. */
  readonly allowedActions?: readonly string[];
  /**
   * Calls of an action let through in any second of `now`, where its service does not say another
   * number; 20, as the API page of CreateMigrateJob says.
   */
  readonly callsPerSecond?: number;
  /** How DescribeMigrateJobs compares JobName; `fuzzy` (contains). Not documented. */
  readonly nameMatch?: 'exact' | 'fuzzy';
  /** Which jobs DescribeMigrateJobs lists first unless asked; `newest`. Not documented. */
  readonly listFirst?: 'newest' | 'oldest';
  /**
   * Whether DstInfo.Region must equal the request's region; `any`. Version 2021-12-06 documents
   * that it must, 2018-03-30 says nothing.
   */
  readonly dstRegion?: 'any' | 'sameAsRequest';
  /** Milliseconds of `now` for which a new job has status 1 before it has status 2; 1000. */
  readonly creatingMs?: number;
}

/** The options with their defaults put in. */
export function policyOf(options: DtsOptions): EndpointPolicy {
  return {
    credentials: {
      secretId: options.secretId ?? DEFAULT_SECRET_ID,
      secretKey: options.secretKey ?? DEFAULT_SECRET_KEY,
      ...(options.token === undefined ? {} : { token: options.token }),
    },
    signatureNow: options.signatureNow ?? options.now ?? Date.now,
    allowedActions: options.allowedActions === undefined ? 'all' : new Set(options.allowedActions),
    callsPerSecond: options.callsPerSecond ?? 20,
    nameMatch: options.nameMatch ?? 'fuzzy',
    listFirst: options.listFirst ?? 'newest',
    dstRegion: options.dstRegion ?? 'any',
    creatingMs: options.creatingMs ?? 1000,
  };
}

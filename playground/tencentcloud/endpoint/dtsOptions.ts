import { type Version, versions } from '../dts/jobStatus';
import { type Pace, usualPace } from '../dts/pace';
import { DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY } from './credentials';
import type { EndpointPolicy } from './endpointPolicy';

/** The options of an endpoint. All are optional. */
export interface DtsOptions {
  /** A TCP port on 127.0.0.1; by default 0, which takes any free one. */
  readonly port?: number;
  /**
   * The endpoint's clock, in ms since 1970; by default `Date.now`. Signatures are checked with it
   * too.
   */
  readonly now?: () => number;
  /** Another clock for signatures, because the SDK signs with the machine's time. */
  readonly signatureNow?: () => number;
  /** By default `DEFAULT_SECRET_ID`. */
  readonly secretId?: string;
  /** By default `DEFAULT_SECRET_KEY`. */
  readonly secretKey?: string;
  /** Makes the credential temporary: requests must send this as `X-TC-Token`. */
  readonly token?: string;
  /** The actions that the account may call; by default all. */
  readonly allowedActions?: readonly string[];
  /**
   * The most calls of an action in any second of `now`, unless the service has another limit; by
   * default 20, as on the API page of CreateMigrateJob.
   */
  readonly callsPerSecond?: number;
  /** How DescribeMigrateJobs compares JobName; by default `fuzzy` (contains). Undocumented. */
  readonly nameMatch?: 'exact' | 'fuzzy';
  /** Which jobs DescribeMigrateJobs lists first by default; `newest` unless given. Undocumented. */
  readonly listFirst?: 'newest' | 'oldest';
  /**
   * Whether DstInfo.Region must equal the request's region; by default `any`. Version 2021-12-06
   * requires it, 2018-03-30 doesn't say.
   */
  readonly dstRegion?: 'any' | 'sameAsRequest';
  /** How long a new job has status 1 before it gets status 2, in ms of `now`; by default 1000. */
  readonly creatingMs?: number;
  /** How long everything else takes that a job does without a person. */
  readonly pace?: Partial<Pace>;
  /** The versions that know a new job; by default both. */
  readonly newJobsKnownTo?: readonly Version[];
  /** Whether new jobs are billed; by default not. */
  readonly newJobsAreBilled?: boolean;
  /** How many jobs may exist that were never started; by default any number. */
  readonly maxUnusedJobs?: number;
  /** Whether 2021-12-06 lists the actions that a job's status allows; by default it does. */
  readonly listsActions?: boolean;
  /**
   * Whether 2021-12-06 answers like the official examples where they differ from the SDK's models:
   * a finished step is `finished` instead of `success`, `view` is listed twice, and
   * DescribeMigrationJobs contains passwords. By default it doesn't.
   */
  readonly likeExamples?: boolean;
}

/** Adds the defaults to the options. */
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
    pace: { ...usualPace, ...withCreating(options.creatingMs), ...options.pace },
    newJobsKnownTo: options.newJobsKnownTo ?? versions,
    newJobsAreBilled: options.newJobsAreBilled ?? false,
    maxUnusedJobs: options.maxUnusedJobs ?? Number.POSITIVE_INFINITY,
    listsActions: options.listsActions ?? true,
    likeExamples: options.likeExamples ?? false,
  };
}

function withCreating(creatingMs: number | undefined): Partial<Pace> {
  return creatingMs === undefined ? {} : { creatingMs };
}

import type { Holdings } from '../account/holdings';
import type { DtsJob } from '../dts/dtsJob';
import type { Answer } from './answer';

/** What a handler may use besides the parameters. */
export interface ActionContext {
  /** Endpoint clock, ms, read once for the request. */
  readonly nowMs: number;
  /** The region of the request, of a valid shape; blank where the service needs none. */
  readonly region: string;
  readonly callIndex: number;
  /** Jobs of all regions, oldest first. */
  readonly jobs: Map<string, DtsJob>;
  /** What the account has besides jobs, in all regions. */
  readonly holdings: Holdings;
  readonly rules: ActionRules;
}

/** Choices of the endpoint where the service's behaviour is not documented. */
export interface ActionRules {
  readonly nameMatch: 'exact' | 'fuzzy';
  readonly dstRegion: 'any' | 'sameAsRequest';
  readonly listFirst: 'newest' | 'oldest';
  /** How long a new job has status 1 (Creating), endpoint ms. */
  readonly creatingMs: number;
}

/**
 * One action of a service: takes the parameters as received and answers at once, so that a
 * request is either wholly processed or not at all.
 */
export type Action = (parameters: unknown, context: ActionContext) => Answer;

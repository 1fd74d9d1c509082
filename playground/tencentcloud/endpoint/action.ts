import type { Holdings } from '../account/holdings';
import type { DtsJob } from '../dts/dtsJob';
import type { Answer } from './answer';

/** What a handler may use in addition to the parameters. */
export interface ActionContext {
  /** The endpoint's clock in ms, read once per request. */
  readonly nowMs: number;
  /** The request's region in a valid format; blank if the service needs none. */
  readonly region: string;
  readonly callIndex: number;
  /** The jobs of all regions, oldest first. */
  readonly jobs: Map<string, DtsJob>;
  /** What the account contains in addition to jobs, in all regions. */
  readonly holdings: Holdings;
  readonly rules: ActionRules;
}

/** The endpoint's choices where the service's behavior isn't documented. */
export interface ActionRules {
  readonly nameMatch: 'exact' | 'fuzzy';
  readonly dstRegion: 'any' | 'sameAsRequest';
  readonly listFirst: 'newest' | 'oldest';
  /** How long a new job has status 1 (Creating), in ms of the endpoint's clock. */
  readonly creatingMs: number;
}

/**
 * An action of a service. It answers at once, so a request is processed completely or not at all.
 */
export type Action = (parameters: unknown, context: ActionContext) => Answer;

import type { Holdings } from '../account/holdings';
import type { Language } from '../dts/checks';
import type { FailingCheck, MutableJob } from '../dts/dtsJob';
import type { Version } from '../dts/jobStatus';
import type { Pace } from '../dts/pace';
import type { Answer } from './answer';
import type { IssuedKeys } from './issuedKeys';

/** What a handler may use in addition to the parameters. */
export interface ActionContext {
  /** The endpoint's clock in ms, read once per request. */
  readonly nowMs: number;
  /** The request's region in a valid format; blank if the service needs none. */
  readonly region: string;
  readonly callIndex: number;
  /** The jobs of all regions, oldest first. */
  readonly jobs: Map<string, MutableJob>;
  /** What the next check of any job finds. The check removes it. */
  readonly plannedFailures: FailingCheck[];
  /** The request's `X-TC-Language`. */
  readonly language: Language;
  /** What the account contains in addition to jobs, in all regions. */
  readonly holdings: Holdings;
  readonly rules: ActionRules;
  /** Issues temporary keys that are valid for a number of seconds. */
  readonly issue: (seconds: number) => IssuedKeys;
}

/** The endpoint's choices where the service's behavior isn't documented. */
export interface ActionRules {
  readonly nameMatch: 'exact' | 'fuzzy';
  readonly dstRegion: 'any' | 'sameAsRequest';
  readonly listFirst: 'newest' | 'oldest';
  readonly pace: Pace;
  /** The versions that know a new job. Both probably do, but this is not documented. */
  readonly newJobsKnownTo: readonly Version[];
  readonly newJobsAreBilled: boolean;
  /** How many jobs may exist that were never started. */
  readonly maxUnusedJobs: number;
  /** Whether 2021-12-06 lists the actions that a job's status allows. */
  readonly listsActions: boolean;
  /** Whether 2021-12-06 answers like the official examples where they differ from the models. */
  readonly likeExamples: boolean;
}

/**
 * An action of a service. It answers at once, so a request is processed completely or not at all.
 */
export type Action = (parameters: unknown, context: ActionContext) => Answer;

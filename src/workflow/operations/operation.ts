import type { CallProblem } from '../../domain/errors/callProblem';
import type { ObservedJob } from '../../domain/job/job';
import type { CallOutcome, LaunchProblem } from '../../domain/request/launchOutcome';
import type { OperationName } from '../../domain/request/operations/operation';
import type { OperationRules } from '../../domain/request/operations/rules';
import type { MigrationRequest } from '../../domain/request/request';
import type { Clock } from '../../ports/clock';
import type { JobStore } from '../../ports/jobStore';
import type { Log } from '../../ports/log';
import type { Metrics } from '../../ports/metrics';
import type { MigrationService, Sending } from '../../ports/migrationService';
import type { RateLimits } from '../../ports/rateLimits';
import type { RequestStore } from '../../ports/requestStore';
import type { AuthorizeContext } from '../authorize';
import type { CommitContext } from '../commit';
import type { SecretsContext } from './openSecrets';

export interface OperationContext extends AuthorizeContext, CommitContext, SecretsContext {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  rateLimits: Pick<RateLimits, 'takeTurn'>;
  jobs: JobStore;
  service: MigrationService;
  store: RequestStore;
  /** The API's limit for each action of the account. */
  callsPerSecond: number;
  /** How long a call that changes a job may take, including the wait for its turn. In ms. */
  timeoutMs: number;
  /** How long to search for the effect of a call without a response. */
  settleMs: number;
  /** Returns a number from 0 to below 1, for the jitter of delays. */
  random(): number;
  /** Call this when the call of a request was sent, or when it must wait. */
  endHeadStart(id: number): void;
}

/** What the call needs, or why it can't be made. `before`: the job, if there is one. */
export type Preparation<Prepared> =
  | { ok: true; prepared: Prepared; before?: ObservedJob }
  | { ok: false; problem: LaunchProblem };

/**
 * Asked right before the first byte is sent. Resolves to true if only this process works on the
 * request.
 */
export type IsHeld = () => Promise<boolean>;

/**
 * A kind of call that changes something at Tencent Cloud. `perform` and `reconcile` run its steps;
 * each operation has one file that defines them.
 */
export interface OperationSteps<Prepared, Result, Search> {
  name: OperationName;
  rules: OperationRules<Result, Search>;
  /** The name of the turns in which all processes claim requests for this call. */
  claimTurn: string;
  prepare(request: MigrationRequest): Promise<Preparation<Prepared>>;
  /** Makes the call once and never throws. It sends nothing if `sending` doesn't allow it. */
  call(
    request: MigrationRequest,
    prepared: Prepared,
    abandon: AbortSignal,
    sending: Sending,
  ): Promise<CallOutcome<Result>>;
  /** Adds information that helps people with a problem of the call. */
  addDetails(
    request: MigrationRequest,
    prepared: Prepared,
    problem: CallProblem,
  ): Promise<CallProblem>;
  /** Asks Tencent Cloud for the effect of a call that was made at `calledAt`. Never throws. */
  search(request: MigrationRequest, calledAt: Date, abandon: AbortSignal): Promise<Search>;
}

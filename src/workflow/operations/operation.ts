import type { CallOutcome, LaunchProblem } from '../../domain/request/launchOutcome';
import type { OperationName } from '../../domain/request/operations/operation';
import type { OperationRules } from '../../domain/request/operations/rules';
import type { MigrationRequest } from '../../domain/request/request';
import type { Clock } from '../../ports/clock';
import type { Log } from '../../ports/log';
import type { Metrics } from '../../ports/metrics';
import type { MaySend, MigrationService } from '../../ports/migrationService';
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
  service: MigrationService;
  store: RequestStore;
  /** The API's limit for each action of the account. */
  callsPerSecond: number;
  /** The longest that a call may take. */
  timeoutMs: number;
  /** How long to search for the effect of a call that got no response. */
  settleMs: number;
  /** 0 to below 1, for the jitter of delays. */
  random(): number;
}

/** What the call needs, or why it cannot be made. */
export type Preparation<Prepared> =
  | { ok: true; prepared: Prepared }
  | { ok: false; problem: LaunchProblem };

/** Whether only this process still works on a request: asked right before the first byte is sent. */
export type IsHeld = () => Promise<boolean>;

/**
 * One kind of call that changes something at Tencent Cloud. `perform` and `reconcile` run its steps;
 * each operation has one file that defines them.
 */
export interface OperationSteps<Prepared, Result, Search> {
  name: OperationName;
  rules: OperationRules<Result, Search>;
  /** The name under which all processes take turns to claim requests for this call. */
  claimTurn: string;
  /** Calls that certainly had no effect are made at most so often, with a growing delay. */
  mostAttempts: number;
  firstRetryMs: number;
  callTimeoutMs: number;
  searchTimeoutMs: number;
  prepare(request: MigrationRequest): Promise<Preparation<Prepared>>;
  /** Makes the call once and never throws. It sends nothing when `maySend` says no. */
  call(
    request: MigrationRequest,
    prepared: Prepared,
    abandon: AbortSignal,
    maySend: MaySend,
  ): Promise<CallOutcome<Result>>;
  /** Adds what helps people to act on a problem of the call. */
  addDetails(
    request: MigrationRequest,
    prepared: Prepared,
    problem: LaunchProblem,
  ): Promise<LaunchProblem>;
  /** Asks Tencent Cloud for the effect of a call that was made at `calledAt`. Never throws. */
  search(request: MigrationRequest, calledAt: Date, abandon: AbortSignal): Promise<Search>;
}

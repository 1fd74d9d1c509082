import type { Transition } from '../../domain/request/change';
import { heldUntil } from '../../domain/request/lateness';
import {
  type CallOutcome,
  mayRetry,
  type OperationOutcome,
} from '../../domain/request/launchOutcome';
import { effectShown } from '../../domain/request/moved';
import {
  claim,
  failBeforeCall,
  hold,
  settle as settled,
  waitForSlack,
} from '../../domain/request/operations/lifeCycle';
import { type InState, isSameLaunch, type MigrationRequest } from '../../domain/request/request';
import { hasMissedStart } from '../../domain/request/startTime';
import { backoffMs } from '../../domain/time/backoff';
import { after } from '../../domain/time/offset';
import { type Authorization, authorize } from '../authorize';
import { checkRecord } from '../checkRecord';
import { type Committed, commit, recordIf } from '../commit';
import type { IsHeld, OperationContext, OperationSteps } from './operation';

/** If the store fails for longer than this, a search finds the outcome. */
const mostStoreFailures = 300;

/** How long Ferry waits before it asks again, if Slack doesn't confirm the approvers. In ms. */
const unverifiedRetryMs = 15_000;

/** How often a call that certainly had no effect is repeated. The delay doubles each time. */
const mostRetries = 4;
const retryDelay = { firstMs: 2_000, mostMs: Number.POSITIVE_INFINITY };

/**
 * Performs an approved operation: checks that today's policy and people allow it, prepares it,
 * claims the request and makes the call. The claim is committed before the call, so a crash in
 * between leaves `launching`, and the call is never repeated. The claim applies only to the request
 * that was authorized and prepared. If the request changed since then, nothing happens, and it is
 * due again.
 * @param isHeld resolves to true if only this process works on the request
 */
export async function perform<Prepared, Result, Search>(
  context: OperationContext,
  steps: OperationSteps<Prepared, Result, Search>,
  request: MigrationRequest,
  isHeld: IsHeld,
): Promise<Date | undefined> {
  let authorization = await authorize(context, request);
  if (authorization.kind !== 'granted')
    return recordObstacle(context, steps, request, authorization);
  await waitForTurn(context, steps.claimTurn, request.id);
  const policy = context.policy();
  const preparation = await steps.prepare(request);
  if (!isFresh(context, authorization)) authorization = await authorize(context, request);
  if (authorization.kind !== 'granted')
    return recordObstacle(context, steps, request, authorization);
  // If the policy was reloaded since the preparation, the next round checks it.
  if (policy !== context.policy() || !isSamePolicy(context, authorization)) return undefined;

  const before = preparation.ok ? preparation.before : undefined;
  const committed = await record(context, request, (state, now) => claim(state, now, before));
  const claimed = committed.kind === 'recorded' ? committed.request : undefined;
  if (claimed?.state.status !== 'launching') return undefined;
  // The claim may have found an alteration since the first check.
  const altered = checkRecord(context, claimed);
  const ready = altered === undefined ? preparation : ({ ok: false, problem: altered } as const);
  const outcome = ready.ok
    ? await call(context, steps, request, ready.prepared, isHeld)
    : ({ kind: 'failed', problem: ready.problem } as const);
  await settle(context, steps, claimed, claimed.state, outcome);
  return undefined;
}

type Granted = Extract<Authorization, { kind: 'granted' }>;

/** True if the policy is the one that granted the call. */
const isSamePolicy = ({ policy }: OperationContext, granted: Granted): boolean =>
  granted.policy === policy();

const isFresh = (context: OperationContext, granted: Granted): boolean =>
  isSamePolicy(context, granted) && granted.until > context.clock.now();

/** All processes together claim no faster than DTS allows calls, so few claimed calls wait. */
async function waitForTurn(
  { callsPerSecond, clock, endHeadStart, rateLimits }: OperationContext,
  claimTurn: string,
  id: number,
): Promise<void> {
  const pace = { spacingMs: 1_000 / callsPerSecond, burst: 0 };
  const turn = await rateLimits.takeTurn(claimTurn, clock.now(), pace);
  if (turn <= clock.now()) return;
  endHeadStart(id);
  await clock.sleepUntil(turn);
}

/** Records why the call isn't made now. */
async function recordObstacle<Prepared, Result, Search>(
  context: OperationContext,
  { name, rules }: OperationSteps<Prepared, Result, Search>,
  request: MigrationRequest,
  authorization: Exclude<Authorization, { kind: 'granted' }>,
): Promise<Date | undefined> {
  switch (authorization.kind) {
    case 'outdated': {
      const { transition } = authorization;
      await record(context, request, () => transition);
      return undefined;
    }
    case 'held': {
      const { until } = authorization;
      await record(context, request, (state) => hold(state, until));
      return undefined;
    }
    case 'refused': {
      const { problem } = authorization;
      await record(context, request, (state, now) =>
        failBeforeCall(rules, state, problem, { at: now, rule: request.rule }),
      );
      return undefined;
    }
    case 'unknown':
      context.log.warn('approvals could not be confirmed, call postponed', {
        request: request.id,
        operation: name,
      });
      await record(context, request, waitForSlack);
      return after(context.clock.now(), unverifiedRetryMs);
    default:
      return authorization satisfies never;
  }
}

/** Records a step only if the request is still the one that was authorized. */
function record(
  context: OperationContext,
  authorized: MigrationRequest,
  step: (state: MigrationRequest['state'], now: Date) => Transition | undefined,
): Promise<Committed> {
  return commit(context, authorized, (current, now) =>
    recordIf(isSameLaunch(current, authorized) ? step(current.state, now) : undefined),
  );
}

async function call<Prepared, Result, Search>(
  { clock, endHeadStart, metrics, timeoutMs }: OperationContext,
  steps: OperationSteps<Prepared, Result, Search>,
  request: MigrationRequest,
  prepared: Prepared,
  isHeld: IsHeld,
): Promise<CallOutcome<Result>> {
  const begun = clock.now().getTime();
  const abandon = AbortSignal.timeout(timeoutMs);
  // A process that was paused since its claim may not make the call, because others may have given
  // it up. No call is made outside the launch window, or after a start time that passed since the
  // decision.
  const mayBegin = async () =>
    (await isHeld()) &&
    heldUntil(request, request.rule, clock.now()) === undefined &&
    !hasMissedStart(request, clock.now());
  const sending = { mayBegin, hasBegun: () => endHeadStart(request.id) };
  const outcome = await steps.call(request, prepared, abandon, sending);
  metrics.measure({
    kind: 'call_ended',
    operation: steps.name,
    outcome: outcome.kind,
    seconds: (clock.now().getTime() - begun) / 1_000,
  });
  return outcome.kind === 'failed'
    ? { kind: 'failed', problem: await steps.addDetails(request, prepared, outcome.problem) }
    : outcome;
}

/** Only this process knows the outcome, so it retries until the store accepts it. */
async function settle<Prepared, Result, Search>(
  context: OperationContext,
  { name, rules }: OperationSteps<Prepared, Result, Search>,
  claimed: MigrationRequest,
  { attempt, retries = 0 }: InState<'launching'>,
  outcome: OperationOutcome<Result>,
): Promise<void> {
  const { clock, log, random, settleMs } = context;
  const canRetry = outcome.kind === 'failed' && mayRetry(outcome.problem);
  const jitter = { from: 0.75, to: 1.25, random };
  const number = retries + 1;
  const delayMs = backoffMs({ ...retryDelay, jitter }, number);
  for (let failures = 0; ; failures += 1) {
    const now = clock.now().getTime();
    const retry = { at: new Date(now + delayMs), number };
    const settlement = {
      operation: name,
      attempt,
      outcome,
      ...(canRetry && number <= mostRetries ? { retry } : {}),
    };
    try {
      await commit(context, claimed, (current, at) => {
        const moment = { at, rule: current.rule, settleMs, ...effectShown(current) };
        return recordIf(settled(rules, current.state, settlement, moment));
      });
      return;
    } catch (error) {
      // If the process ends before the store is back, this line is the only trace of the outcome.
      const known = { request: claimed.id, operation: name, attempt, outcome };
      log.error('the outcome of a launch could not be stored', { ...known, failures, error });
      if (failures >= mostStoreFailures) throw error;
      await clock.sleepUntil(new Date(now + 1_000));
    }
  }
}

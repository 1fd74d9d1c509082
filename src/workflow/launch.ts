import { adviceOn, explanationOf } from '../domain/errors/errorCodes';
import { advance, type Step } from '../domain/request/advance';
import { type LaunchOutcome, mayRetry } from '../domain/request/launchOutcome';
import { isSameLaunch, type MigrationRequest } from '../domain/request/request';
import { hideSecrets } from '../domain/secrets/secret';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';
import type { MigrationService } from '../ports/migrationService';
import type { RateLimits } from '../ports/rateLimits';
import type { RequestStore } from '../ports/requestStore';
import type { SecretValues } from '../ports/secretReader';
import { type Authorization, type AuthorizeContext, authorize, heldUntil } from './authorize';
import { callSpacingMs } from './callPace';
import { checkRecord } from './checkRecord';
import { type CommitContext, type Committed, commit, recordIf } from './commit';
import { openSecrets, type SecretsContext } from './openSecrets';

export interface LaunchContext extends AuthorizeContext, CommitContext, SecretsContext {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  rateLimits: Pick<RateLimits, 'takeTurn'>;
  service: MigrationService;
  store: RequestStore;
  /** The API's limit for the account. */
  callsPerSecond: number;
  /** The longest that a call may take. */
  timeoutMs: number;
  /** How long to look for a job whose call got no response. */
  settleMs: number;
  /** 0 to below 1, for the jitter of delays. */
  random(): number;
}

/** Calls that certainly created nothing are made at most this often in all. */
const mostAttempts = 5;
const firstDelayMs = 2_000;

/** When the store is away for longer, a search for the job finds the outcome. */
const mostStoreFailures = 300;

/** Idle jobs are only shown next to a refusal, so nobody waits longer for the list. */
const longestListingMs = 10_000;

/** When Slack does not confirm the approvers, Ferry asks again after this time. */
const unverifiedRetryMs = 15_000;

/**
 * Launches an approved request: asks whether today's policy and people still allow it, opens its
 * secrets, claims it and makes the call. The claim is committed before the call, so a crash in
 * between leaves `launching`, which nobody sends again.
 *
 * The claim is recorded only on the request that was authorized and whose secrets were opened. If it
 * changed since then, nothing happens, and the request is due again.
 *
 * @param isHeld whether only this process still works on the request
 */
export async function launch(
  context: LaunchContext,
  request: MigrationRequest,
  isHeld: IsHeld,
): Promise<Date | undefined> {
  let authorization = await authorize(context, request);
  if (authorization.kind !== 'granted') return follow(context, request, authorization);
  await waitForTurn(context);
  const policy = context.policy();
  const opened = await openSecrets(context, request);
  if (!isFresh(context, authorization)) authorization = await authorize(context, request);
  if (authorization.kind !== 'granted') return follow(context, request, authorization);
  // A policy that was read since the secrets were opened is asked in the next round.
  if (policy !== context.policy() || !isSamePolicy(context, authorization)) return undefined;

  const committed = await take(context, request, { type: 'claim' });
  if (committed.kind !== 'recorded') return undefined;
  const claimed = committed.request;
  if (claimed.state.status !== 'launching') return undefined;
  // The claim may have found what was altered, or hidden, since the first check.
  const altered = checkRecord(context.log, claimed);
  const ready = altered === undefined ? opened : ({ ok: false, problem: altered } as const);
  const outcome = ready.ok
    ? await call(context, request, ready.secrets, isHeld)
    : ({ kind: 'failed', problem: ready.problem } as const);
  await settle(context, claimed, claimed.state.attempt, outcome);
  return undefined;
}

type Granted = Extract<Authorization, { kind: 'granted' }>;

/** Whether the policy is still the one that was asked. */
const isSamePolicy = ({ policy }: LaunchContext, granted: Granted): boolean =>
  granted.policy === policy();

const isFresh = (context: LaunchContext, granted: Granted): boolean =>
  isSamePolicy(context, granted) && granted.until > context.clock.now();

/** All processes together claim no faster than calls may be sent, so a claim hardly waits for its call. */
async function waitForTurn({ callsPerSecond, clock, rateLimits }: LaunchContext): Promise<void> {
  const pace = { spacingMs: callSpacingMs(callsPerSecond), burst: 0 };
  await clock.sleepUntil(await rateLimits.takeTurn('claims', clock.now(), pace));
}

/** Records what an authorization says instead of yes. */
async function follow(
  context: LaunchContext,
  request: MigrationRequest,
  authorization: Exclude<Authorization, { kind: 'granted' }>,
): Promise<Date | undefined> {
  switch (authorization.kind) {
    case 'outdated': {
      const { transition } = authorization;
      await commit(context, request.id, (current) =>
        recordIf(isSameLaunch(current, request) ? transition : undefined),
      );
      return undefined;
    }
    case 'held':
      await take(context, request, { type: 'hold', until: authorization.until });
      return undefined;
    case 'refused':
      await take(context, request, { type: 'refuse', problem: authorization.problem });
      return undefined;
    case 'unknown':
      context.log.warn('approvals could not be confirmed, call postponed', { request: request.id });
      await take(context, request, { type: 'wait_for_slack' });
      return new Date(context.clock.now().getTime() + unverifiedRetryMs);
    default:
      return authorization satisfies never;
  }
}

/** Records a step on the request as it was authorized, and on no other. */
function take(
  context: LaunchContext,
  authorized: MigrationRequest,
  step: Step,
): Promise<Committed> {
  return commit(context, authorized.id, (current, now) =>
    recordIf(isSameLaunch(current, authorized) ? advance(current, step, now) : undefined),
  );
}

/** Whether only this process still works on a request: asked right before the first byte is sent. */
export type IsHeld = () => Promise<boolean>;

async function call(
  context: LaunchContext,
  request: MigrationRequest,
  secrets: SecretValues,
  isHeld: IsHeld,
): Promise<LaunchOutcome> {
  const { clock, metrics, service, timeoutMs } = context;
  const begun = clock.now().getTime();
  const abandon = AbortSignal.timeout(timeoutMs);
  // A process that was paused since its claim must not send a call that others have given up, and
  // no call is sent outside the rule's hours.
  const maySend = async () =>
    (await isHeld()) && heldUntil(request, request.rule, clock.now()) === undefined;
  const outcome = await service.createMigrateJob(request.parameters, secrets, abandon, maySend);
  metrics.launchTook((clock.now().getTime() - begun) / 1_000, outcome.kind);
  return withIdleJobs(context, request, secrets, outcome);
}

/**
 * Adds the account's idle jobs to a refusal that is about them. The search is short: until the outcome
 * is stored, only this process knows it.
 */
async function withIdleJobs(
  { service, timeoutMs }: LaunchContext,
  { parameters }: MigrationRequest,
  secrets: SecretValues,
  outcome: LaunchOutcome,
): Promise<LaunchOutcome> {
  if (outcome.kind !== 'failed' || outcome.problem.kind !== 'refused') return outcome;
  const { problem } = outcome;
  if (adviceOn(explanationOf(problem.code)).exhibit !== 'idle_jobs') return outcome;
  const abandon = AbortSignal.timeout(Math.min(longestListingMs, timeoutMs / 2));
  const listed = await service.idleJobs(parameters.DstInfo.Region, abandon);
  const clean = (text: string): string => hideSecrets(Object.values(secrets), text);
  const idleJobs =
    listed.kind === 'found'
      ? { ...listed, jobs: listed.jobs.map((job) => ({ ...job, jobName: clean(job.jobName) })) }
      : listed;
  return { kind: 'failed', problem: { ...problem, idleJobs } };
}

/** Only this process knows the outcome, so it holds on to it until the store takes it. */
async function settle(
  context: LaunchContext,
  { id }: MigrationRequest,
  attempt: number,
  outcome: LaunchOutcome,
): Promise<void> {
  const { clock, log, random, settleMs } = context;
  const canRetry = outcome.kind === 'failed' && mayRetry(outcome.problem);
  const delayMs = firstDelayMs * 2 ** (attempt - 1) * (0.75 + random() / 2);
  for (let failures = 0; ; failures += 1) {
    const now = clock.now().getTime();
    const retry = canRetry && attempt < mostAttempts ? { retryAt: new Date(now + delayMs) } : {};
    const step: Step = { type: 'settle', attempt, outcome, ...retry };
    try {
      await commit(context, id, (current, at) => recordIf(advance(current, step, at, settleMs)));
      return;
    } catch (error) {
      // If the process ends before the store is back, this line is all that is left of the outcome.
      const known = { request: id, attempt, outcome };
      log.error('the outcome of a launch could not be stored', { ...known, failures, error });
      if (failures >= mostStoreFailures) throw error;
      await clock.sleepUntil(new Date(now + 1_000));
    }
  }
}

import { advance, type Step } from '../domain/advance';
import { adviceOn, explanationOf } from '../domain/errorCodes';
import { type LaunchOutcome, mayRetry } from '../domain/launchOutcome';
import { nextOpening } from '../domain/launchWindow';
import type { MigrationRequest } from '../domain/request';
import { callSpacingMs } from './callPace';
import { openSecrets, type SecretsContext } from './openSecrets';
import type { Clock, Log, Metrics, MigrationService, SecretValues } from './ports';

export interface LaunchContext extends SecretsContext {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  service: MigrationService;
  /** The API's limit for the account. */
  callsPerSecond: number;
  /** The longest that a call may take. */
  timeoutMs: number;
  /** How long a job is looked for whose answer was lost. */
  settleMs: number;
  /** 0 to below 1, for the jitter of delays. */
  random(): number;
  wakeAnnouncer(): void;
}

/** Calls that certainly created nothing are tried this often in all. */
const mostAttempts = 5;
const firstDelayMs = 2_000;

/** A store that is away for longer leaves the outcome to be found by looking for the job. */
const mostStoreFailures = 300;

/** Within this time of a look, DTS has answered or will not. */
const lookTimeoutMs = 30_000;

/** What is only told beside a refusal is not waited for any longer. */
const longestListingMs = 10_000;

/**
 * Moves a request on by one step: reminds of it or ends it while it waits, claims it once it is
 * approved and makes the call, gives up a call that was interrupted, or looks for the job of a lost
 * answer. The claim is committed before the call, so a crash in between leaves `launching` behind,
 * which nobody sends again.
 *
 * @param isHeld whether this process alone still works on the request
 */
export async function launch(
  context: LaunchContext,
  id: number,
  isHeld: () => Promise<boolean>,
): Promise<void> {
  const { store } = context;
  const request = await store.find(id);
  switch (request?.state.status) {
    case 'pending':
      await take(context, request, { type: 'keep_time' });
      return;
    case 'approved': {
      const until = heldUntil(request, context.clock.now());
      if (until === undefined) return claimAndCall(context, request, isHeld);
      await take(context, request, { type: 'hold', until });
      return;
    }
    case 'launching':
      await take(context, request, { type: 'give_up' });
      return;
    case 'reconciling':
      return lookForJob(context, request, request.state.calledAt);
    default:
      return;
  }
}

/** When the rule's hours for launches come, if they have not; who breaks the glass does not wait. */
function heldUntil({ rule, state }: MigrationRequest, now: Date): Date | undefined {
  const isUrgent =
    state.status === 'approved' &&
    state.approvals.some(({ breakGlass }) => breakGlass !== undefined);
  return isUrgent ? undefined : nextOpening(rule.windows, now);
}

/**
 * Claims come in the rhythm of the account's limit, so that a claimed request hardly waits for its
 * turn to be sent. A turn that cannot be had after the claim means that nothing was sent.
 */
async function claimAndCall(
  context: LaunchContext,
  request: MigrationRequest,
  isHeld: () => Promise<boolean>,
): Promise<void> {
  const opened = await openSecrets(context, request);
  await waitForTurn(context);
  const claimed = await take(context, request, { type: 'claim' });
  if (claimed?.state.status !== 'launching') return;
  const { attempt } = claimed.state;
  const outcome = opened.ok
    ? await call(context, claimed, opened.secrets, isHeld)
    : ({ kind: 'failed', problem: opened.problem } as const);
  await settle(context, claimed, attempt, outcome);
}

/** All processes together claim no faster than calls may be sent. */
async function waitForTurn({ callsPerSecond, clock, store }: LaunchContext): Promise<void> {
  const pace = { spacingMs: callSpacingMs(callsPerSecond), burst: 0 };
  await clock.sleepUntil(await store.takeTurn('claims', clock.now(), pace));
}

/** Jobs that Ferry knows as another request's are not this one's, however alike. */
async function lookForJob(
  context: LaunchContext,
  request: MigrationRequest,
  calledAt: Date,
): Promise<void> {
  const { service, store } = context;
  const abandon = AbortSignal.timeout(lookTimeoutMs);
  const result = await service.findJobs(request.parameters, calledAt, abandon);
  if (result.kind === 'failed') {
    await take(context, request, { type: 'look', search: result });
    return;
  }
  const jobIds = result.jobs.map(({ jobId }) => jobId);
  const taken = await store.jobsTaken(request, jobIds);
  const jobs = result.jobs.filter(({ jobId }) => !taken.includes(jobId));
  const contested = await store.isContested(request);
  await take(context, request, { type: 'look', search: { kind: 'found', jobs, contested } });
}

async function call(
  context: LaunchContext,
  request: MigrationRequest,
  secrets: SecretValues,
  isHeld: () => Promise<boolean>,
): Promise<LaunchOutcome> {
  const { clock, metrics, service, timeoutMs } = context;
  const begun = clock.now().getTime();
  const abandon = AbortSignal.timeout(timeoutMs);
  // A process that was paused since its claim must not send a call that others have given up.
  const outcome = await service.createMigrateJob(request.parameters, secrets, abandon, isHeld);
  metrics.launchTook((clock.now().getTime() - begun) / 1_000, outcome.kind);
  return withIdleJobs(context, request, outcome);
}

/**
 * A refusal that is about jobs which nobody started says which they are. The look is
 * short: until the outcome is stored, this process alone knows it.
 */
async function withIdleJobs(
  { service, timeoutMs }: LaunchContext,
  { parameters }: MigrationRequest,
  outcome: LaunchOutcome,
): Promise<LaunchOutcome> {
  if (outcome.kind !== 'failed' || outcome.problem.kind !== 'refused') return outcome;
  const { problem } = outcome;
  if (adviceOn(explanationOf(problem.code)).exhibit !== 'idle_jobs') return outcome;
  const abandon = AbortSignal.timeout(Math.min(longestListingMs, timeoutMs / 2));
  const idleJobs = await service.idleJobs(parameters.DstInfo.Region, abandon);
  return { kind: 'failed', problem: { ...problem, idleJobs } };
}

/** The outcome is known here and nowhere else: hold on to it until the store takes it. */
async function settle(
  context: LaunchContext,
  claimed: MigrationRequest,
  attempt: number,
  outcome: LaunchOutcome,
): Promise<void> {
  const { clock, log, random } = context;
  const canRetry = outcome.kind === 'failed' && mayRetry(outcome.problem);
  const delayMs = firstDelayMs * 2 ** (attempt - 1) * (0.75 + random() / 2);
  for (let failures = 0; ; failures += 1) {
    const now = clock.now().getTime();
    const retry = canRetry && attempt < mostAttempts ? { retryAt: new Date(now + delayMs) } : {};
    try {
      await take(context, claimed, { type: 'settle', attempt, outcome, ...retry });
      return;
    } catch (error) {
      // Should the process end before the store is back, this line is all that is left of it.
      const known = { request: claimed.id, attempt, outcome };
      log.error('the outcome of a launch could not be stored', { ...known, failures, error });
      if (failures >= mostStoreFailures) throw error;
      await clock.sleepUntil(new Date(now + 1_000));
    }
  }
}

/**
 * One step, decided and recorded. A lost race (somebody's late click was recorded meanwhile) is
 * decided again on the request as it then stands; `undefined` when the step does not fit any more.
 */
async function take(
  { clock, metrics, settleMs, store, wakeAnnouncer }: LaunchContext,
  request: MigrationRequest,
  step: Step,
): Promise<MigrationRequest | undefined> {
  let current: MigrationRequest | undefined = request;
  while (current !== undefined) {
    const at = clock.now();
    const transition = advance(current, step, at, settleMs);
    if (transition === undefined) return undefined;
    const recorded = await store.record({ request: current, ...transition, by: undefined, at });
    if (recorded !== undefined) {
      metrics.event(transition.happening.type);
      wakeAnnouncer();
      return recorded;
    }
    current = await store.find(current.id);
  }
  return undefined;
}

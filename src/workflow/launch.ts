import { advance, type Step } from '../domain/advance';
import { type LaunchOutcome, mayRetry } from '../domain/launchOutcome';
import type { MigrationRequest, RequestState } from '../domain/request';
import type { Secret } from '../domain/secret';
import type { Clock, Log, Metrics, MigrationService, RequestStore, Vault } from './ports';
import { passwordContext } from './submit';

export interface LaunchContext {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  service: MigrationService;
  store: RequestStore;
  vault: Vault;
  /** 0 to below 1, for the jitter of delays. */
  random(): number;
  wakeAnnouncer(): void;
}

/** The longest that a call may take. The lease outlives it, so that a live holder keeps it. */
const callTimeoutMs = 45_000;
const leaseMs = 90_000;

/** Calls that certainly created nothing are tried this often in all. */
const mostAttempts = 5;
const firstDelayMs = 2_000;

/**
 * Moves a launch on by one step: claims an approved request and makes the call, or gives up a
 * lease that ran out. The claim is committed before the call, so a crash in between leaves
 * `launching` behind, which nobody sends again.
 */
export async function launch(context: LaunchContext, id: number): Promise<void> {
  const { clock, store } = context;
  const request = await store.find(id);
  if (request === undefined) return;
  if (request.state.status === 'launching') {
    await take(context, request, { type: 'give_up' });
    return;
  }
  const leaseUntil = new Date(clock.now().getTime() + leaseMs);
  const claimed = await take(context, request, { type: 'claim', leaseUntil });
  if (claimed?.state.status !== 'launching') return;
  await carryOut(context, claimed, claimed.state);
}

async function carryOut(
  context: LaunchContext,
  claimed: MigrationRequest,
  { attempt, leaseUntil }: Extract<RequestState, { status: 'launching' }>,
): Promise<void> {
  const { clock, log, random } = context;
  const outcome = await call(context, claimed);
  const canRetry = outcome.kind === 'failed' && mayRetry(outcome.problem);
  const delayMs = firstDelayMs * 2 ** (attempt - 1) * (0.75 + random() / 2);
  const retry =
    canRetry && attempt < mostAttempts
      ? { retryAt: new Date(clock.now().getTime() + delayMs) }
      : {};

  // The outcome is known here and nowhere else: hold on to it until the store takes it.
  for (;;) {
    try {
      await take(context, claimed, { type: 'settle', attempt, outcome, ...retry });
      return;
    } catch (error) {
      log.error('the outcome of a launch could not be stored', { request: claimed.id, error });
      if (clock.now() >= leaseUntil) throw error;
      const soon = new Date(clock.now().getTime() + 1_000);
      await clock.sleepUntil(soon);
    }
  }
}

async function call(context: LaunchContext, request: MigrationRequest): Promise<LaunchOutcome> {
  const { clock, metrics, service } = context;
  const password = await openPassword(context, request.id);
  if (!password.ok) {
    return { kind: 'failed', problem: { kind: 'secret_unreadable', reason: password.reason } };
  }
  const begun = clock.now().getTime();
  const outcome = await service.createMigrateJob(
    request.parameters,
    password.secret,
    AbortSignal.timeout(callTimeoutMs),
  );
  metrics.launchTook((clock.now().getTime() - begun) / 1_000, outcome.kind);
  return outcome;
}

async function openPassword(
  { store, vault }: LaunchContext,
  id: number,
): Promise<{ ok: true; secret: Secret } | { ok: false; reason: 'missing' | 'no_key' | 'damaged' }> {
  const stored = await store.sealedPassword(id);
  if (stored === undefined) return { ok: false, reason: 'missing' };
  return vault.open(stored.sealed, passwordContext(stored.origin));
}

/**
 * One step, decided and recorded. A lost race (somebody's late click was recorded meanwhile) is
 * decided again on the request as it then stands; `undefined` when the step does not fit any more.
 */
async function take(
  { clock, metrics, store, wakeAnnouncer }: LaunchContext,
  request: MigrationRequest,
  step: Step,
): Promise<MigrationRequest | undefined> {
  let current: MigrationRequest | undefined = request;
  while (current !== undefined) {
    const at = clock.now();
    const transition = advance(current, step, at);
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

import { backoffMs } from '../../domain/time/backoff';
import type { Clock } from '../../ports/clock';
import type { CredentialState } from '../../ports/credentials';
import type { Log } from '../../ports/log';
import type { Fetched, KeySource, Keys } from './keys';

/** The current keys of the process. */
export interface Credentials {
  /** Keys that are valid for at least a minute, or why there are none. Never rejects. */
  current(): Promise<{ ok: true; keys: Keys } | { ok: false; detail: string }>;
  /**
   * Drops keys that Tencent Cloud rejected. Returns true if `current` may then have others: if the
   * rejected keys are not the newest, or were fetched some time ago.
   */
  reject(keys: Keys): boolean;
  state(): CredentialState;
}

/** Temporary keys are replaced this long before they expire, in the background. In ms. */
const aheadMs = 10 * 60_000;
/** Short-lived keys are replaced after this share of their life. */
const shareOfLife = 2 / 3;
/** Keys that expire sooner are not used, because a call may wait for its turn. In ms. */
const leastMs = 60_000;
const fetchTimeoutMs = 10_000;
/** Keys that are rejected sooner after they were fetched are not fetched again. In ms. */
const freshMs = 5_000;

interface Held {
  keys: Keys;
  fetchedAt: number;
  /** In ms since 1970; infinite if the keys never expire. */
  expiresAt: number;
  refreshAt: number;
}

/**
 * Keeps the keys of a source valid. It runs one fetch at a time, ahead of expiry, and after a failure
 * again with a growing delay; until then it uses the keys that it has. The SDK's own providers are
 * not used: after one failed refresh, they fail forever.
 */
export function createCredentials(
  source: KeySource,
  { clock, log, random }: { clock: Clock; log: Log; random(): number },
): Credentials {
  let held: Held | undefined;
  let fetching: Promise<Fetched> | undefined;
  let failures = 0;
  let retryAt = 0;
  let problem: string | undefined;
  const now = (): number => clock.now().getTime();
  const isUsable = (): boolean => held !== undefined && held.expiresAt - now() >= leastMs;
  const backoff = { firstMs: 1_000, mostMs: 60_000, jitter: { from: 0.5, to: 1, random } };

  const fetch = async (): Promise<Fetched> => {
    const fetched = await source.fetch(AbortSignal.timeout(fetchTimeoutMs));
    const fetchedAt = now();
    if (fetched.ok && (fetched.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) > fetchedAt) {
      const expiresAt = fetched.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
      const lifeMs = expiresAt - fetchedAt;
      const refreshAt = expiresAt - Math.min(aheadMs, lifeMs * (1 - shareOfLife));
      held = { keys: fetched.keys, fetchedAt, expiresAt, refreshAt };
      if (problem !== undefined) log.info('the keys for Tencent Cloud were refreshed again');
      failures = 0;
      retryAt = 0;
      problem = undefined;
      return fetched;
    }
    const detail = fetched.ok ? 'the keys had already expired' : fetched.detail;
    failures += 1;
    retryAt = fetchedAt + backoffMs(backoff, failures);
    if (problem !== detail) {
      log.error('the keys for Tencent Cloud could not be refreshed; retrying', {
        source: source.name,
        reason: detail,
      });
    }
    problem = detail;
    return { ok: false, detail };
  };
  const refresh = (): Promise<Fetched> => {
    fetching ??= fetch().finally(() => {
      fetching = undefined;
    });
    return fetching;
  };

  return {
    async current() {
      if (held !== undefined && now() < held.refreshAt) return { ok: true, keys: held.keys };
      const mayFetch = fetching !== undefined || now() >= retryAt;
      if (held !== undefined && isUsable()) {
        if (mayFetch) void refresh();
        return { ok: true, keys: held.keys };
      }
      if (!mayFetch && problem !== undefined) return { ok: false, detail: problem };
      const fetched = await refresh();
      return fetched.ok ? { ok: true, keys: fetched.keys } : fetched;
    },
    reject(keys) {
      if (!source.renews) return false;
      if (held?.keys !== keys) return true;
      if (now() - held.fetchedAt < freshMs) return false;
      held = undefined;
      return true;
    },
    state: () => ({
      source: source.name,
      expiresAt:
        held === undefined || held.expiresAt === Number.POSITIVE_INFINITY
          ? undefined
          : new Date(held.expiresAt),
      isUsable: isUsable(),
      problem,
    }),
  };
}

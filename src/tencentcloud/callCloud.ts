import type { Secret } from '../domain/secrets/secret';
import type { CallPace, EndCall } from '../ports/callPace';
import type { Sending } from '../ports/migrationService';
import type { Credentials } from './credentials/credentials';
import { type CloudAnswer, type CloudCall, type CloudRoute, sendCall } from './sendCall';
import { dts } from './services';

export type { CloudAnswer, CloudCall } from './sendCall';

/** The account that makes calls. */
export interface CloudAccount extends CloudRoute {
  credentials: Credentials;
  /** Keeps the rate limits of DTS, the only service with a limit that Ferry can reach. */
  pace: CallPace | undefined;
}

const always: Sending = { mayBegin: async () => true, hasBegun() {} };

/** Tencent Cloud did not accept the keys, so the call had no effect. */
const rejected = /^AuthFailure\.(InvalidSecretId|SecretIdNotFound|SignatureFailure|TokenFailure)$/;

/**
 * Makes one signed call to a service in a region. Never throws, never retries, follows no redirect.
 * If Tencent Cloud rejects the keys and there are newer ones, it makes the call with these. It
 * removes `secrets` from returned texts; `abandon` ends the wait. A response may contain other
 * secrets, and the detail of an unreadable response may quote them.
 */
export async function callCloud(
  account: CloudAccount,
  call: CloudCall,
  {
    secrets,
    abandon,
    sending = always,
  }: { secrets: readonly Secret[]; abandon: AbortSignal; sending?: Sending },
): Promise<CloudAnswer> {
  const { credentials, pace } = account;
  const isPaced = call.service.name === dts.name;
  const release = async (gone: AbortSignal): Promise<EndCall | undefined> => {
    const end = isPaced ? await pace?.(call.action, gone, sending.mayBegin) : undefined;
    // Node writes the call before the next turn of the event loop.
    setImmediate(sending.hasBegun);
    return end;
  };
  for (let attempt = 1; ; attempt += 1) {
    const current = await credentials.current();
    if (!current.ok) {
      const detail = `there are no valid keys for Tencent Cloud: ${current.detail}`;
      return { ok: false, outcome: { kind: 'failed', problem: { kind: 'not_sent', detail } } };
    }
    const { keys } = current;
    const called = await sendCall(account, call, { keys, secrets, abandon, release });
    const mayRepeat = attempt === 1 && isRejected(called) && credentials.reject(keys);
    if (!mayRepeat) return called;
  }
}

function isRejected(called: CloudAnswer): boolean {
  if (called.ok || called.outcome.kind !== 'failed') return false;
  const { problem } = called.outcome;
  return problem.kind === 'refused' && rejected.test(problem.code);
}

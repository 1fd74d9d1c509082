import { refusalOfStanding } from '../domain/decide';
import type { Draft } from '../domain/migration';
import type { Policy } from '../domain/policy';
import type { Refusal } from '../domain/refusal';
import type { MigrationRequest } from '../domain/request';
import type { Clock, Directory, Metrics, RequestStore, Vault } from './ports';

export interface SubmitContext {
  clock: Clock;
  directory: Directory;
  metrics: Metrics;
  policy: Policy;
  store: RequestStore;
  vault: Vault;
  wakeAnnouncer(): void;
}

export interface Submission {
  /** Unique for each form that was opened, so that a redelivered one adds nothing. */
  origin: string;
  userId: string;
  draft: Draft;
}

export type SubmitResult =
  | { ok: true; request: MigrationRequest }
  | { ok: false; refusal: Refusal };

/** Turns a form that passed into a stored request. Throws when the store does. */
export async function submit(
  context: SubmitContext,
  submission: Submission,
): Promise<SubmitResult> {
  const { clock, directory, metrics, policy, store, vault } = context;
  const { origin, userId, draft } = submission;
  const { name, standing } = await directory.person(userId);
  const refusal = refusalOfStanding(standing);
  if (refusal !== undefined) return { ok: false, refusal };

  const { request, added } = await store.add({
    origin,
    channel: policy.channel,
    requester: { userId, name },
    requiredApprovals: policy.requiredApprovals,
    parameters: draft.parameters,
    reason: draft.reason,
    sealedPassword: await vault.seal(draft.password, passwordContext(origin)),
    at: clock.now(),
  });
  if (added) metrics.event('requested');
  context.wakeAnnouncer();
  return { ok: true, request };
}

/** What a sealed password is bound to: moved to another request, it does not open. */
export function passwordContext(origin: string): string {
  return `${origin}/SrcInfo.Password`;
}

import { type Actor, decide, type Intent } from '../domain/decide';
import type { Policy } from '../domain/policy';
import type { Refusal } from '../domain/refusal';
import type { MigrationRequest } from '../domain/request';
import type { Happening } from '../domain/requestEvent';
import type { Clock, Directory, Metrics, RequestStore } from './ports';

export interface ActContext {
  clock: Clock;
  directory: Directory;
  metrics: Metrics;
  policy: Policy;
  store: RequestStore;
  wakeAnnouncer(): void;
  wakeLauncher(): void;
}

/** What somebody did, before anything is known about them. */
export interface Action {
  requestId: number;
  userId: string;
  intent: Intent;
}

export type ActResult = { ok: true; request: MigrationRequest } | { ok: false; refusal: Refusal };

/** Each lost race means that somebody else's change went through, so this bound is far off. */
const mostRaces = 1_000;

/**
 * Carries out a person's action, or says why not; both are recorded. A lost race is judged again
 * on the request as it then stands. Throws when the store does.
 */
export async function act(context: ActContext, action: Action): Promise<ActResult> {
  const { clock, directory, metrics, policy, store } = context;
  let request = await store.find(action.requestId);
  if (request === undefined) return missing(action);
  const by = await lookUp(directory, policy, action.userId, request);

  for (let race = 0; race < mostRaces; race += 1) {
    const now = clock.now();
    const decision = decide(request, by, action.intent, now);
    const happening: Happening = decision.ok
      ? decision.happening
      : { type: 'attempt_refused', action: action.intent.type, refusal: decision.refusal };
    const state = decision.ok ? decision.state : request.state;
    const person = { userId: by.userId, name: by.name };

    const recorded = await store.record({ request, state, happening, by: person, at: now });
    if (recorded !== undefined) {
      metrics.event(happening.type);
      if (!decision.ok) return { ok: false, refusal: decision.refusal };
      context.wakeLauncher();
      context.wakeAnnouncer();
      return { ok: true, request: recorded };
    }
    const fresh = await store.find(action.requestId);
    if (fresh === undefined) return missing(action);
    request = fresh;
  }
  throw new Error(`request ${action.requestId} changed ${mostRaces} times during one action`);
}

function missing({ requestId }: Action): ActResult {
  return { ok: false, refusal: { code: 'no_such_request', requestId } };
}

async function lookUp(
  directory: Directory,
  policy: Policy,
  userId: string,
  request: MigrationRequest,
): Promise<Actor> {
  const { name, standing } = await directory.person(userId);
  // No list of approvers can let the requester decide, nor anybody who is not a member.
  const settled = userId === request.requester.userId || standing !== 'member';
  const approver = settled ? 'no' : await directory.approver(userId, policy);
  return { userId, name, standing, approver };
}

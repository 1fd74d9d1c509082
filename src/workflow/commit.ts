import type { Person } from '../domain/people/person';
import type { Transition } from '../domain/request/change';
import type { Intent } from '../domain/request/intent';
import { withoutModification } from '../domain/request/operations/modifyJob';
import type { Refusal } from '../domain/request/refusal';
import type { MigrationRequest } from '../domain/request/request';
import type { Clock } from '../ports/clock';
import type { RequestStore } from '../ports/requestStore';
import { type NoteContext, noteChange } from './noteChange';

export interface CommitContext extends NoteContext {
  clock: Clock;
  store: RequestStore;
  wakeAnnouncer(): void;
  wakeLauncher(): void;
}

/** What to do with a request that was just read. */
export type Step =
  /** Records a transition. Without `by`, Ferry acts. */
  | { kind: 'record'; transition: Transition; by?: Person; delivery?: string }
  /** Records one of Ferry's transitions, then decides again on the result. */
  | { kind: 'record_first'; transition: Transition }
  /** Records that a person's attempt was refused. */
  | { kind: 'refuse'; by: Person; action: Intent['type']; refusal: Refusal; delivery?: string }
  /** Refuses without recording it, because the same interaction is recorded already. */
  | { kind: 'decline'; refusal: Refusal }
  | { kind: 'nothing' };

export type Committed =
  | { kind: 'recorded'; request: MigrationRequest }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'nothing' }
  /** There is no such request. */
  | { kind: 'not_found' };

/** Each lost race means that another change was recorded, so nobody reaches this limit. */
const mostRaces = 1_000;

/**
 * Reads a request, decides, and records the decision. If the request has changed since it was read,
 * it repeats. Throws if the store does.
 */
export async function commit(
  context: CommitContext,
  id: number,
  decide: (request: MigrationRequest, now: Date) => Step | Promise<Step>,
): Promise<Committed> {
  const { clock, store } = context;
  for (let race = 0; race < mostRaces; race += 1) {
    const request = await store.find(id);
    if (request === undefined) return { kind: 'not_found' };
    const step = await decide(request, clock.now());
    if (step.kind === 'nothing') return step;
    if (step.kind === 'decline') return { kind: 'refused', refusal: step.refusal };
    const transition = transitionOf(step, request);
    const change = {
      request,
      ...transition,
      by: step.kind === 'record_first' ? undefined : step.by,
      ...(step.kind === 'record_first' || step.delivery === undefined
        ? {}
        : { delivery: step.delivery }),
      at: clock.now(),
    };
    const recorded = await store.record(change);
    if (recorded === undefined) continue;
    noteChange(context, change);
    if (step.kind === 'refuse') return { kind: 'refused', refusal: step.refusal };
    context.wakeLauncher();
    context.wakeAnnouncer();
    if (step.kind === 'record') return { kind: 'recorded', request: recorded };
  }
  throw new Error(`request ${id} changed ${mostRaces} times during one decision`);
}

function transitionOf(
  step: Exclude<Step, { kind: 'nothing' | 'decline' }>,
  request: MigrationRequest,
): Transition {
  if (step.kind !== 'refuse') return withoutModification(request, step.transition);
  const { action, refusal } = step;
  const { state } = request;
  return { state, event: { type: 'attempt_refused', action, refusal } };
}

/** Records a transition, if there is one. */
export const recordIf = (transition: Transition | undefined): Step =>
  transition === undefined ? { kind: 'nothing' } : { kind: 'record', transition };

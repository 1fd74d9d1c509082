import type { Person } from '../domain/people/person';
import type { Change, Transition } from '../domain/request/change';
import type { Intent } from '../domain/request/intent';
import { withoutModification } from '../domain/request/operations/modifyJob';
import type { Refusal } from '../domain/request/refusal';
import type { MigrationRequest } from '../domain/request/request';
import type { EventPayload } from '../domain/request/requestEvent';
import {
  type Announced,
  isWatch,
  type Watch,
  type WatchChange,
  type WatchTransition,
} from '../domain/request/watch';
import type { Clock } from '../ports/clock';
import type { RequestStore } from '../ports/requestStore';
import type { WatchStore } from '../ports/watchStore';
import { type NoteContext, noteChange } from './noteChange';

export interface CommitContext extends NoteContext {
  clock: Clock;
  store: RequestStore;
  wakeAnnouncer(): void;
  /** @param changed a request that may have to be launched */
  wakeLauncher(changed?: MigrationRequest): void;
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

/** `step`: what was decided in the end. */
export type Committed<Decided extends Step = Step> =
  | { kind: 'recorded'; request: MigrationRequest; step: Decided }
  | { kind: 'refused'; refusal: Refusal; step: Decided }
  | { kind: 'nothing' }
  /** There is no such request. */
  | { kind: 'not_found' };

/** What to do with a watch that was just read. */
export type WatchStep =
  | { kind: 'record'; transition: WatchTransition; by?: Person; delivery?: string }
  | { kind: 'refuse'; by: Person; refusal: Refusal; delivery: string }
  | { kind: 'decline'; refusal: Refusal }
  | { kind: 'nothing' };

export type WatchCommitted =
  | { kind: 'recorded'; watch: Watch }
  | { kind: 'refused'; refusal: Refusal }
  | Exclude<Committed, { step: Step }>;

/** Each lost race means that another change was recorded, so nobody reaches this limit. */
const mostRaces = 1_000;

/**
 * Reads a request, decides, and records the decision. If the request has changed since it was read,
 * it repeats. Throws if the store does.
 * @param of its ID, or the request itself if it was just read
 */
export async function commit<Decided extends Step>(
  context: CommitContext,
  of: number | MigrationRequest,
  decide: (request: MigrationRequest, now: Date) => Decided | Promise<Decided>,
): Promise<Committed<Decided>> {
  const { clock, store } = context;
  const { id, read } =
    typeof of === 'number' ? { id: of, read: undefined } : { id: of.id, read: of };
  return untilRecorded(id, async (race) => {
    const request = race === 0 && read !== undefined ? read : await store.find(id);
    if (request === undefined) return { kind: 'not_found' };
    const step = await decide(request, clock.now());
    if (step.kind === 'nothing') return { kind: 'nothing' };
    if (step.kind === 'decline') return { kind: 'refused', refusal: step.refusal, step };
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
    const recorded = await recordOnce(context, store, change);
    if (recorded === undefined) return 'again';
    if (step.kind === 'refuse') return { kind: 'refused', refusal: step.refusal, step };
    context.wakeLauncher(recorded);
    context.wakeAnnouncer();
    return step.kind === 'record' ? { kind: 'recorded', request: recorded, step } : 'again';
  });
}

/** The same for a watch. */
export async function commitWatch(
  context: CommitContext & { watches: Pick<WatchStore, 'record'> },
  id: number,
  decide: (watch: Watch, now: Date) => WatchStep | Promise<WatchStep>,
): Promise<WatchCommitted> {
  const { clock, store, watches } = context;
  return untilRecorded(id, async () => {
    const request = await store.announced(id);
    if (request === undefined || !isWatch(request)) return { kind: 'not_found' };
    const step = await decide(request, clock.now());
    if (step.kind === 'nothing') return step;
    if (step.kind === 'decline') return { kind: 'refused', refusal: step.refusal };
    const { by, delivery } = step;
    const change: WatchChange = {
      request,
      ...(step.kind === 'record' ? step.transition : refusedAttempt(request, step.refusal)),
      by,
      ...(delivery === undefined ? {} : { delivery }),
      at: clock.now(),
    };
    const watch = await recordOnce(context, watches, change);
    if (watch === undefined) return 'again';
    if (step.kind === 'refuse') return { kind: 'refused', refusal: step.refusal };
    context.wakeAnnouncer();
    return { kind: 'recorded', watch };
  });
}

const refusedAttempt = ({ state }: Watch, refusal: Refusal): WatchTransition => ({
  state,
  event: { type: 'attempt_refused', action: 'unwatch', refusal },
});

/**
 * Records one of Ferry's events about a request or a watch, which keeps its state. `undefined` if
 * there is nothing to record. Wakes no worker.
 */
export async function commitEvent(
  context: Pick<CommitContext, 'clock' | 'log' | 'metrics' | 'store'> & {
    watches: Pick<WatchStore, 'record'>;
  },
  id: number,
  decide: () => Promise<Extract<EventPayload, { type: 'channel_lost' }> | undefined>,
): Promise<Announced | undefined> {
  const { clock, store, watches } = context;
  return untilRecorded(id, async () => {
    const request = await store.announced(id);
    const event = await decide();
    if (request === undefined || event === undefined) return undefined;
    const happened = { event, by: undefined, at: clock.now() };
    const recorded = isWatch(request)
      ? await recordOnce(context, watches, { ...happened, request, state: request.state })
      : await recordOnce(context, store, { ...happened, request, state: request.state });
    return recorded ?? 'again';
  });
}

/** Records a change, unless another one was recorded first. */
async function recordOnce<Each extends Change | WatchChange, Changed>(
  context: NoteContext,
  store: { record(change: Each): Promise<Changed | undefined> },
  change: Each,
): Promise<Changed | undefined> {
  const changed = await store.record(change);
  if (changed !== undefined) noteChange(context, change);
  return changed;
}

/** Repeats an attempt that lost a race, or that recorded something first. */
async function untilRecorded<Result>(
  id: number,
  attempt: (race: number) => Promise<Result | 'again'>,
): Promise<Result> {
  for (let race = 0; race < mostRaces; race += 1) {
    const result = await attempt(race);
    if (result !== 'again') return result;
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

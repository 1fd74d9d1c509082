import type { Announcement } from '../domain/announcement';
import type { RequestEvent } from '../domain/requestEvent';
import type { Clock, RequestStore } from './ports';
import { retryAfterMs } from './retryAfter';

export interface TellContext {
  clock: Clock;
  /** How many messages a second one channel gets, after a few at once. */
  postsPerSecond: number;
  store: RequestStore;
}

/** Where an audience is told of events. */
export interface Listener {
  /** Messages for the same place share a pace. */
  place: string;
  isTold(event: RequestEvent): boolean;
  post(event: RequestEvent): Promise<void>;
  isPosted(event: RequestEvent): Promise<boolean>;
}

export type Save = (change: Partial<Announcement>) => Promise<void>;

/** Slack tolerates short bursts above one message a second in a channel. */
const burst = 10;

/**
 * Tells an event once. That it is about to be posted is saved before, and that it is after: whoever
 * goes on after a crash looks whether it is there.
 */
export async function tell(
  context: TellContext,
  listener: Listener,
  event: RequestEvent,
  sending: number | undefined,
  save: Save,
): Promise<void> {
  const { seq } = event;
  if (listener.isTold(event)) {
    const isThere = sending === seq && (await listener.isPosted(event));
    if (!isThere) {
      await post(context, listener.place, async () => {
        await save({ sending: seq });
        await listener.post(event);
      });
    }
  }
  await save({ toldSeq: seq, sending: undefined });
}

/** Posts in the place's turn; when Slack asks to wait, everybody who posts there waits. */
export async function post<Result>(
  { clock, postsPerSecond, store }: TellContext,
  place: string,
  send: () => Promise<Result>,
): Promise<Result> {
  const turns = `post:${place}`;
  const pace = { spacingMs: 1_000 / postsPerSecond, burst };
  await clock.sleepUntil(await store.takeTurn(turns, clock.now(), pace));
  try {
    return await send();
  } catch (error) {
    const waitMs = retryAfterMs(error);
    if (waitMs > 0) await store.holdTurns(turns, new Date(clock.now().getTime() + waitMs));
    throw error;
  }
}

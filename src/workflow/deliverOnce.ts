import type { Announcement } from '../domain/channel/announcement';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { AnnouncementStore, Post } from '../ports/announcementStore';
import type { Clock } from '../ports/clock';
import type { Pace } from '../ports/rateLimits';
import type { RequestStore } from '../ports/requestStore';
import { retryAfterMs } from './retryAfter';

export interface DeliveryContext {
  clock: Clock;
  /** How many messages a second one channel gets, after a few at once. */
  postsPerSecond: number;
  announcements: AnnouncementStore;
  store: RequestStore;
}

/** Where an audience is told of events. */
export interface Conversation {
  post: Post;
  isTold(event: RequestEvent): boolean;
  send(event: RequestEvent): Promise<void>;
  isPosted(event: RequestEvent): Promise<boolean>;
}

export type Save = (change: Partial<Announcement>) => Promise<void>;

/** Slack tolerates short bursts above one message a second in a channel. */
const burst = 10;

/** How often one channel or person gets a message. */
export const postPace = (postsPerSecond: number): Pace => ({
  spacingMs: 1_000 / postsPerSecond,
  burst,
});

/**
 * Tells an event once, if the place's turn is free. That it is about to be posted is saved before, and
 * that it is after: the process that goes on after a crash checks whether it is there.
 */
export async function deliverOnce(
  context: DeliveryContext,
  conversation: Conversation,
  event: RequestEvent,
  sending: number | undefined,
  save: Save,
): Promise<'told' | 'waits'> {
  const { seq } = event;
  if (conversation.isTold(event)) {
    const isThere = sending === seq && (await conversation.isPosted(event));
    if (!isThere) {
      const posted = await post(context, conversation.post, async () => {
        await save({ sending: seq });
        await conversation.send(event);
      });
      if (!posted.ok) return 'waits';
    }
  }
  await save({ toldSeq: seq, sending: undefined });
  return 'told';
}

/**
 * Posts if the place's turn is free; otherwise the store says which post comes next, and when. When
 * Slack asks to wait, everything that is posted there waits.
 */
export async function post<Result>(
  { announcements, clock, postsPerSecond }: DeliveryContext,
  message: Post,
  send: () => Promise<Result>,
): Promise<{ ok: true; result: Result } | { ok: false }> {
  const isFree = await announcements.takePostTurn(message, clock.now(), postPace(postsPerSecond));
  if (!isFree) return { ok: false };
  try {
    return { ok: true, result: await send() };
  } catch (error) {
    const waitMs = retryAfterMs(error);
    if (waitMs > 0) {
      await announcements.holdPosts(message.place, new Date(clock.now().getTime() + waitMs));
    }
    throw error;
  }
}

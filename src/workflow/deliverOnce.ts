import type { RequestEvent } from '../domain/request/requestEvent';
import { after } from '../domain/time/offset';
import { longestAheadMs } from '../domain/time/turns';
import type { AnnouncementStore, Post } from '../ports/announcementStore';
import type { Clock } from '../ports/clock';
import type { Pace } from '../ports/rateLimits';
import type { RequestStore } from '../ports/requestStore';
import type { OpenAnnouncement } from './openAnnouncement';
import { retryAfterMs } from './retryAfter';

export interface DeliveryContext {
  clock: Clock;
  /** The most messages per second in one channel, after a burst. */
  postsPerSecond: number;
  announcements: AnnouncementStore;
  store: RequestStore;
}

/** A place where an audience sees events. */
export interface EventPlace {
  post: Post;
  isTold(event: RequestEvent): boolean;
  send(event: RequestEvent): Promise<void>;
  isPosted(event: RequestEvent): Promise<boolean>;
}

/** Slack tolerates short bursts above one message per second in a channel. */
const burst = 10;

/** The pace of messages to one channel or person. */
export const postPace = (postsPerSecond: number): Pace => ({
  spacingMs: 1_000 / postsPerSecond,
  burst,
});

/**
 * Posts an event once, if the place's turn is free. It saves before and after the post, so that the
 * process that continues after a crash searches for the message.
 */
export async function deliverOnce(
  context: DeliveryContext,
  conversation: EventPlace,
  event: RequestEvent,
  told: OpenAnnouncement,
): Promise<'told' | 'waits'> {
  const { seq } = event;
  if (conversation.isTold(event)) {
    const isThere = told.current().sending === seq && (await conversation.isPosted(event));
    if (!isThere) {
      const posted = await post(context, conversation.post, async () => {
        await told.save({ sending: seq });
        await conversation.send(event);
      });
      if (!posted.ok) return 'waits';
    }
  }
  await told.save({ toldSeq: seq, sending: undefined });
  return 'told';
}

/**
 * Posts if the place's turn is free; otherwise the store decides which post comes next, and when.
 * If Slack asks to wait, all posts to that place wait.
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
    const waitMs = Math.min(retryAfterMs(error), longestAheadMs);
    if (waitMs > 0) {
      await announcements.holdPosts(message.place, after(clock.now(), waitMs));
    }
    throw error;
  }
}

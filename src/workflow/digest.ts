import { digestLastsMs, isDigestDue } from '../domain/policy/digest';
import { channelsOf, type Policy } from '../domain/policy/policy';
import { after, before } from '../domain/time/offset';
import type { AnnouncementStore } from '../ports/announcementStore';
import type { Board } from '../ports/board';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { RateLimits } from '../ports/rateLimits';
import type { RequestStore } from '../ports/requestStore';
import { cardsOf } from './cardsOf';
import { failedForMs } from './overview';

export interface DigestContext {
  announcements: Pick<AnnouncementStore, 'find'>;
  board: Pick<Board, 'channelProblem' | 'hasDigest' | 'postDigest'>;
  clock: Clock;
  log: Log;
  policy(): Policy;
  rateLimits: Pick<RateLimits, 'takeTurn' | 'tryTurn'>;
  store: Pick<RequestStore, 'withJobs'>;
}

/** A process that takes the turn for a channel's list works on it alone for this time. In ms. */
const turnMs = 5 * 60_000;
/** A process that was paused for longer than this leaves the list to the next turn. In ms. */
const longestWorkMs = turnMs / 2;
const checkMs = 60_000;
/** The time that the list is due, and the hour that a clock change may add. In ms. */
const dueMs = digestLastsMs + 3_600_000;
const pace = { burst: 0, aheadMs: turnMs + dueMs };
/** As many jobs as fit into the table. */
const mostJobs = 15;

/** Posts the weekly list of jobs in each channel of the policy, once across all replicas. */
export function startDigest(context: DigestContext): { stop(): Promise<void> } {
  const { clock, log, policy } = context;
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      for (const channel of channelsOf(policy())) {
        await digest(context, channel).catch((error: unknown) => {
          log.warn('the list of jobs could not be posted', { channel, error });
        });
      }
      await clock.sleepUntil(after(clock.now(), checkMs), stopping.signal);
    }
  };
  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}

async function digest(context: DigestContext, channel: string): Promise<void> {
  const { announcements, board, clock, policy, rateLimits, store } = context;
  const now = clock.now();
  if (!isDigestDue(policy(), channel, now)) return;
  const turn = `digest ${channel}`;
  if (!(await rateLimits.tryTurn(turn, now, { ...pace, spacingMs: turnMs })).ok) return;
  /** Nobody takes another turn until the list of this week is no longer due. */
  const finish = () => rateLimits.takeTurn(turn, clock.now(), { ...pace, spacingMs: dueMs });
  try {
    // The process that had the turn before may have ended after its post.
    const isPosted = await board.hasDigest(channel, before(now, dueMs));
    if (!isPosted) {
      const listed = { failedSince: before(now, failedForMs), isStarted: false };
      const found = await store.withJobs({ channels: [channel], listed }, 0, mostJobs + 1);
      const requests = found.slice(0, mostJobs);
      const ids = requests.map(({ id }) => id);
      const cards = await cardsOf(announcements, ids);
      if (clock.now().getTime() - now.getTime() > longestWorkMs) return;
      const page = { requests, more: found.length > mostJobs, page: 0, unsure: false };
      if (requests.length > 0) await board.postDigest(channel, page, cards);
    }
  } catch (error) {
    if (board.channelProblem(error) === undefined) throw error;
    context.log.warn('the list of jobs has no channel', { channel, error });
  }
  await finish();
}

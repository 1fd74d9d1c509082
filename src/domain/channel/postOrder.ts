/** An announcement with something to post, or to look at again. */
export interface WaitingAnnouncement {
  requestId: number;
  /** The channel or person that gets the posts. Posts for one place share a pace. */
  place: string;
  requesterId: string;
  /** What is posted next: something new about a card that is shown, its first reply, or a new card. */
  next: 'outcome' | 'first_reply' | 'card';
  /** Something changed since it was last worked on, so there may be work that needs no turn. */
  isFresh: boolean;
  /** Nothing is posted before. */
  holdUntil: Date | undefined;
}

/** When a place gets its next post, in ms since 1970, and what it got last. */
export interface PlaceTurns {
  freeAt(place: string): number;
  /** When somebody's requests got their last post here. */
  servedAt(place: string, requesterId: string): number;
  lastCardAt(place: string): number;
}

export interface PostPace {
  spacingMs: number;
  /** Posts at once after a pause. */
  burst: number;
}

/** At the latest, every so many posts are followed by a new card. */
const postsBetweenCards = 4;

const ranks = { outcome: 0, first_reply: 1, card: 2 } as const;

/**
 * Which announcements to work on now, in this order, and when to ask again. What needs no turn comes
 * first. At each place, outcomes come before new cards, and requesters alternate: the next post is for
 * the requester whose last one is longest ago. New cards get a share even while outcomes go on.
 */
export function orderPosts(
  waiting: readonly WaitingAnnouncement[],
  turns: PlaceTurns,
  now: Date,
  pace: PostPace,
): { ids: number[]; next: Date | undefined } {
  const ids = waiting.filter(({ isFresh }) => isFresh).map(({ requestId }) => requestId);
  const moments: number[] = [];
  const byPlace = new Map<string, WaitingAnnouncement[]>();
  for (const each of waiting.filter(({ isFresh }) => !isFresh)) {
    if (each.holdUntil !== undefined && each.holdUntil > now)
      moments.push(each.holdUntil.getTime());
    else byPlace.set(each.place, [...(byPlace.get(each.place) ?? []), each]);
  }
  for (const [place, announcements] of byPlace) {
    const freeAt = turns.freeAt(place);
    if (freeAt > now.getTime()) {
      moments.push(freeAt);
      continue;
    }
    const free = Math.min(pace.burst, Math.floor((now.getTime() - freeAt) / pace.spacingMs)) + 1;
    ids.push(...nextAt(place, announcements, turns, now, pace).slice(0, free));
  }
  return { ids, next: moments.length === 0 ? undefined : new Date(Math.min(...moments)) };
}

/** The announcements of a place, the one that gets the next post first. */
function nextAt(
  place: string,
  announcements: readonly WaitingAnnouncement[],
  turns: PlaceTurns,
  now: Date,
  { spacingMs }: PostPace,
): number[] {
  const left = [...announcements];
  const served = new Map<string, number>();
  const servedAt = (requesterId: string) =>
    served.get(requesterId) ?? turns.servedAt(place, requesterId);
  const isCardDue = now.getTime() - turns.lastCardAt(place) > postsBetweenCards * spacingMs;
  const ids: number[] = [];
  while (left.length > 0) {
    // Only the first of a row of free turns can be the share of a new card.
    const rank = ({ next }: WaitingAnnouncement): number =>
      next === 'card' && isCardDue && ids.length === 0 ? -1 : ranks[next];
    left.sort(
      (one, other) =>
        rank(one) - rank(other) ||
        servedAt(one.requesterId) - servedAt(other.requesterId) ||
        one.requestId - other.requestId,
    );
    const first = left.shift();
    if (first === undefined) break;
    ids.push(first.requestId);
    served.set(first.requesterId, now.getTime() + ids.length);
  }
  return ids;
}

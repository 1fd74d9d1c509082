/** An announcement with something to post or to check again. */
export interface WaitingAnnouncement {
  requestId: number;
  /** The channel or person that gets the posts. Posts to one place share a rate limit. */
  place: string;
  requesterId: string;
  /** The kind of the next post: news about a posted card, its first reply, or a new card. */
  next: 'outcome' | 'first_reply' | 'card';
  /** The request changed since the last run, so there may be work that needs no turn. */
  isFresh: boolean;
  /** Nothing is posted before this time. */
  holdUntil: Date | undefined;
}

/** The time of each place's next post, in ms since 1970, and its last posts. */
export interface PlaceTurns {
  freeAt(place: string): number;
  /** When this place last got a post about the requester's requests, in ms since 1970. */
  servedAt(place: string, requesterId: string): number;
  lastCardAt(place: string): number;
}

export interface PostPace {
  spacingMs: number;
  /** How many posts may follow each other at once after a pause. */
  burst: number;
}

/** After this many other posts, a new card gets its turn. */
const postsBetweenCards = 4;

const ranks = { outcome: 0, first_reply: 1, card: 2 } as const;

/**
 * Returns the announcements to work on now, in order, and when to ask again. Work that needs no
 * turn comes first. In each place, outcomes come before new cards, and requesters alternate: the
 * next post is for the requester who has waited longest. New cards get a share even while outcomes
 * keep coming.
 */
export function orderPosts(
  waiting: readonly WaitingAnnouncement[],
  turns: PlaceTurns,
  now: Date,
  pace: PostPace,
): { ids: number[]; next: Date | undefined } {
  const ids = waiting.filter(({ isFresh }) => isFresh).map(({ requestId }) => requestId);
  const moments = new Set<number>();
  const byPlace = new Map<string, WaitingAnnouncement[]>();
  for (const each of waiting.filter(({ isFresh }) => !isFresh)) {
    if (each.holdUntil !== undefined && each.holdUntil > now) moments.add(each.holdUntil.getTime());
    else byPlace.set(each.place, [...(byPlace.get(each.place) ?? []), each]);
  }
  for (const [place, announcements] of byPlace) {
    const freeAt = turns.freeAt(place);
    if (freeAt > now.getTime()) {
      moments.add(freeAt);
      continue;
    }
    const free = Math.min(pace.burst, Math.floor((now.getTime() - freeAt) / pace.spacingMs)) + 1;
    ids.push(...nextAt(place, announcements, turns, now, pace).slice(0, free));
  }
  return { ids, next: moments.size === 0 ? undefined : new Date(Math.min(...moments)) };
}

/** Sorts the announcements of a place by who gets the next post. */
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
    // Only the first of several free turns can be a new card's share.
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

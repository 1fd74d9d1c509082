/**
 * The next turn is never further ahead than this, unless a pace says so: no queue is longer, and
 * posts are not held for longer. In ms.
 */
export const longestAheadMs = 10 * 60_000;

/** A call never takes longer than this, from its first byte until its connection is closed. In ms. */
export const longestCallMs = 40_000;

/**
 * The next turn is never further ahead than this, unless a pace says so: no queue is longer, and
 * posts are not held for longer. In ms.
 */
export const longestAheadMs = 10 * 60_000;

/** Every read from DTS is abandoned after this time at the latest, all its pages together. In ms. */
export const longestReadMs = 60_000;

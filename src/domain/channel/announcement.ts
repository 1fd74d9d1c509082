/** Where the card of a request is posted, and what it showed last. */
export interface CardPlace {
  channel: string;
  ts: string;
  /** A hash of the card's content. Ferry doesn't send an unchanged card again. */
  digest: string;
}

/** Who hears about every request: the channel of its card, and the requester in direct messages. */
export const usualAudiences = ['channel', 'requester'] as const;
/** `emergency`: people and channels that hear about an emergency approval and later events. */
export const audiences = [...usualAudiences, 'emergency'] as const;
export type Audience = (typeof audiences)[number];

/** What an audience has seen so far: the channel's card, and the newest event that was posted. */
export interface Announcement {
  /** Only the channel has one. */
  card: CardPlace | undefined;
  toldSeq: number;
  /**
   * A post that may be in transit: the seq of the event, or 0 for a new card. It is saved before
   * the post, so that Ferry searches for the message before it posts again after a crash or
   * timeout.
   */
  sending: number | undefined;
  /** All work except posts is done up to this version of the request. */
  seenVersion: number;
  /** Nothing is posted before this time. A reminder waits for the end of the quiet hours. */
  holdUntil: Date | undefined;
}

/**
 * Why Ferry can't post in a channel. `unknown`: it was deleted, or it is private and the bot isn't
 * in it. `restricted`: only some people may post there, which a lookup of the channel doesn't show.
 */
export const channelProblems = ['unknown', 'not_joined', 'archived', 'restricted'] as const;
export type ChannelProblem = (typeof channelProblems)[number];
export type VisibleChannelProblem = Exclude<ChannelProblem, 'restricted'>;

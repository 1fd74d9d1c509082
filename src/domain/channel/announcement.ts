/** Where the card of a request stands, and what it showed last. */
export interface CardPlace {
  channel: string;
  ts: string;
  /** Fingerprint of what is shown; the same is not sent again. */
  digest: string;
}

/** Who is told of a request: the channel in which it stands, and who asked for it. */
export const audiences = ['channel', 'requester'] as const;
export type Audience = (typeof audiences)[number];

/** How far an audience has been told: the channel's card, and the newest event told. */
export interface Announcement {
  /** Of the channel alone. */
  card: CardPlace | undefined;
  toldSeq: number;
  /**
   * What may be on its way: the seq of a message, or 0 for a new card. Saved before it is posted, so
   * that after a crash or a lost answer it is looked for before it is posted again.
   */
  sending: number | undefined;
  /** The version of the request up to which only posts are left to do. */
  seenVersion: number;
  /** Nothing is posted before: a reminder waits for the end of the quiet hours. */
  holdUntil: Date | undefined;
}

/** Why nothing can be posted in a channel. `unknown`: deleted, or private and the bot is not in it. */
export const channelProblems = ['unknown', 'not_joined', 'archived'] as const;
export type ChannelProblem = (typeof channelProblems)[number];

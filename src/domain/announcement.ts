/** Where the card of a request stands, and what it showed last. */
export interface CardPlace {
  channel: string;
  ts: string;
  /** Fingerprint of what is shown; the same is not sent again. */
  digest: string;
}

/** How far the channel has been told: the card, and the newest event told in its thread. */
export interface Announcement {
  card: CardPlace | undefined;
  toldSeq: number;
  /**
   * What may be on its way: the seq of a reply, or 0 for a new card. Saved before it is posted, so
   * that after a crash or a lost answer it is looked for before it is posted again.
   */
  sending: number | undefined;
}

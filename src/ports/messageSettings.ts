/** Who wants direct messages. Every function rejects when the store fails. */
export interface MessageSettings {
  /** True if a user has turned direct messages off. */
  isMuted(userId: string): Promise<boolean>;
  /**
   * Turns a user's direct messages off or on, once for each interaction. Resolves to whether they
   * are off now.
   */
  setMuted(
    userId: string,
    muted: boolean,
    interaction: { delivery: string; at: Date },
  ): Promise<boolean>;
}

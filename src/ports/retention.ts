/** `endedAt` is a time in ISO 8601, in UTC. */
export interface EndedRequest {
  id: number;
  endedAt: string;
}

/** Requests that ended long ago, and interactions. Every function rejects when the store fails. */
export interface RetentionStore {
  /** Up to 100 requests that ended before a moment, oldest end first, starting after `after`. */
  ended(before: Date, after?: EndedRequest): Promise<readonly EndedRequest[]>;
  /**
   * Removes a request and everything that belongs to it, except for the hashes of its events. False if
   * it was removed before, or if it no longer ended before that moment: somebody has continued it.
   */
  erase(id: number, before: Date): Promise<boolean>;
  /** Forgets the interactions that were handled before a moment. */
  forgetDeliveries(before: Date): Promise<void>;
}

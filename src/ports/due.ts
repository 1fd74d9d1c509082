/** Requests that have work waiting. */
export interface Due {
  ids: readonly number[];
  /** When the next request after these becomes due on its own, if there is one. */
  next: Date | undefined;
}

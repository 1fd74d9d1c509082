/** The requests that have work to do now. */
export interface Due {
  ids: readonly number[];
  /** When the next request after these becomes due on its own, if there is one. */
  next: Date | undefined;
}

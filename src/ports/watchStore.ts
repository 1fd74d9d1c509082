import type { Announced, NewWatch, Watch, WatchAdded, WatchChange } from '../domain/request/watch';

/** Watches of jobs that Ferry did not create. Every function rejects when the store fails. */
export interface WatchStore {
  /**
   * Stores a watch, unless the job is known or there are too many watches. If a watch with the same
   * origin is stored, that one is returned unchanged.
   */
  add(watch: NewWatch): Promise<WatchAdded>;
  /** The limit of watches that this person would exceed with another one. */
  exceededBy(userId: string): Promise<'byOne' | 'byAll' | undefined>;
  /** The request with this job, or the watch that follows it now. */
  holding(jobId: string): Promise<Announced | undefined>;
  /** The watch that follows this job now, even if a request has the job. */
  watching(jobId: string): Promise<Watch | undefined>;
  /** Like `RequestStore.record`. */
  record(change: WatchChange): Promise<Watch | undefined>;
}

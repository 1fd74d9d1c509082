import type { Announcement, Audience } from '../domain/channel/announcement';
import type { Due } from './due';
import type { Pace } from './rateLimits';

/** A message that is about to be posted, and the request that it is about. */
export interface Post {
  /** A channel, or the user who gets a direct message. */
  place: string;
  requesterId: string;
  /** True for a new card, false for a reply or a direct message. */
  isCard: boolean;
}

/** What has been posted about each request. Every function rejects when the store fails. */
export interface AnnouncementStore {
  find(id: number, audience: Audience): Promise<Announcement>;
  /** Rejects when this process has lost its lease of the announcement. */
  save(id: number, audience: Audience, announcement: Announcement): Promise<void>;
  /**
   * Requests with events that the audience has not seen, in the order in which to post, except for the
   * ids in `except`.
   */
  due(audience: Audience, now: Date, except: readonly number[], pace: Pace): Promise<Due>;
  /** Takes the place's turn to post. False if it is not free at `now`. */
  takePostTurn(post: Post, now: Date, pace: Pace): Promise<boolean>;
  /** Posts nothing to the place before `until`. */
  holdPosts(place: string, until: Date): Promise<void>;
}

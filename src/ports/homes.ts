import type { Home, HomeContent, HomeFilter } from '../domain/channel/home';

/**
 * The users who have opened their Home tab, and what was published there. Every function rejects
 * when the store fails.
 */
export interface HomeStore {
  /**
   * Remembers that a user opened this page of their Home tab, counted from 0. Without `filter`, the
   * filter stays.
   */
  opened(userId: string, page: number, at: Date, filter?: HomeFilter): Promise<void>;
  find(userId: string): Promise<Home | undefined>;
  /** The users who have opened their Home tab since then, latest first. */
  openedSince(since: Date): Promise<readonly string[]>;
  saveHash(userId: string, hash: string | undefined): Promise<void>;
}

/** `superseded`: another view was published after the one with `hash`. `gone`: the user has no Home tab. */
export type Publication =
  | { kind: 'published'; hash: string | undefined }
  | { kind: 'superseded' }
  | { kind: 'gone' };

/** Home tabs in Slack. */
export interface HomeBoard {
  /**
   * Publishes a user's Home tab, if the view there is still the one with `hash`; without `hash`, in
   * any case. Rejects when Slack does not accept the call.
   */
  publish(userId: string, content: HomeContent, hash: string | undefined): Promise<Publication>;
}

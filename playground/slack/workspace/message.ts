import type { JsonObject } from '../json';

/** The place of a message: its channel ID and timestamp. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** A message at one moment. An edit makes a new one. */
export interface Message extends MessageRef {
  /** The author, which is the bot user for the app's posts. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  /** The parent's ts; only set on replies. */
  readonly threadTs?: string;
  /** True for a reply that also appears in the channel. */
  readonly broadcast?: true;
  /** The only person who sees it; `undefined` if the whole channel does. */
  readonly onlyFor?: string;
  /** The bot of another app that posted it for `user`. */
  readonly botId?: string;
  /** `{event_type, event_payload}`. */
  readonly metadata?: JsonObject;
  /** Timestamp of the last edit. */
  readonly edited?: string;
  /** True if bare `@here` and names in `text` become links. */
  readonly linkNames: boolean;
}

import type { JsonObject } from '../json';

/** Where a message is: its channel id and its timestamp. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** A message as it stood at one moment; a later edit makes a new one. */
export interface Message extends MessageRef {
  /** Who wrote it; the app's bot user for what the app posted. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  /** Set on replies (the parent's ts). */
  readonly threadTs?: string;
  /** The one person who sees it; undefined for what the whole channel sees. */
  readonly onlyFor?: string;
  /** `{event_type, event_payload}`. */
  readonly metadata?: JsonObject;
  /** Timestamp of the last edit. */
  readonly edited?: string;
  /** Whether bare `@here` and names in `text` were asked to be linked. */
  readonly linkNames: boolean;
}

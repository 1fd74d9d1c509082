import type { JsonObject } from '../json';

/** An uploaded file. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly content: Uint8Array;
  /** The user who uploaded it. */
  readonly user: string;
  readonly teamId: string;
  /** Unix seconds. */
  readonly created: number;
  /** Values that Slack reports instead of the true ones, by keys of the file object. */
  readonly said: JsonObject;
}

/** A file that a person uploads. */
export interface Upload {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** By default derived from the name's extension. */
  readonly mimetype?: string;
}

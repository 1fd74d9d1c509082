import type { JsonObject } from '../json';

/** A file that a person uploaded. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly content: Uint8Array;
  /** Who uploaded it. */
  readonly user: string;
  readonly teamId: string;
  /** Unix seconds. */
  readonly created: number;
  /** What Slack says of it instead of the truth, by the keys of its file object. */
  readonly said: JsonObject;
}

/** A file as a person gives it. */
export interface Upload {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** By the name's extension unless given. */
  readonly mimetype?: string;
}

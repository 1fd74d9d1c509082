export interface Channel {
  readonly id: string;
  /** Without `#`. For a direct conversation, the other person's ID. */
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly members: ReadonlySet<string>;
  readonly archived: boolean;
  /** Unix seconds. */
  readonly created: number;
  readonly creator: string;
  /** Teams of other organizations that share the channel. */
  readonly sharedWith: readonly string[];
}

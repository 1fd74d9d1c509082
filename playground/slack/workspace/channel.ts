export interface Channel {
  readonly id: string;
  /** Without `#`; a direct conversation has the id of the other person. */
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly members: ReadonlySet<string>;
  readonly archived: boolean;
  /** Unix seconds. */
  readonly created: number;
  readonly creator: string;
  /** Teams of other organisations that share the channel. */
  readonly sharedWith: readonly string[];
}

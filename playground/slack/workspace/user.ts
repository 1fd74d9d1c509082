export type UserKind =
  | 'member'
  | 'admin'
  | 'owner'
  | 'singleChannelGuest'
  | 'multiChannelGuest'
  | 'stranger'
  | 'bot'
  | 'workflowBot';

/** A person or bot. `stranger`: a member of another organisation. */
export interface User {
  readonly id: string;
  /** The handle, without `@`. */
  readonly name: string;
  readonly realName: string;
  readonly kind: UserKind;
  readonly teamId: string;
  /** IETF tag as Slack gives it: `en-US`, `zh-CN`. */
  readonly locale: string;
  /** IANA name. */
  readonly tz: string;
  readonly deleted: boolean;
  /** Of an Enterprise organisation: its workspaces that the person belongs to. */
  readonly workspaces?: readonly string[];
}

export type UserKind =
  | 'member'
  | 'admin'
  | 'owner'
  | 'singleChannelGuest'
  | 'multiChannelGuest'
  | 'stranger'
  | 'bot'
  | 'workflowBot';

/** A person or bot. `stranger`: a member of another organization. */
export interface User {
  readonly id: string;
  /** The handle, without `@`. */
  readonly name: string;
  readonly realName: string;
  readonly kind: UserKind;
  readonly teamId: string;
  /** An IETF tag in Slack's form: `en-US`, `zh-CN`. */
  readonly locale: string;
  /** IANA name. */
  readonly tz: string;
  readonly deleted: boolean;
  /** The workspaces of a person in an Enterprise organization. */
  readonly workspaces?: readonly string[];
}

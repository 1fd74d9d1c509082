export type UserKind =
  | 'member'
  | 'admin'
  | 'owner'
  | 'singleChannelGuest'
  | 'multiChannelGuest'
  | 'stranger'
  | 'bot';

/** A person or bot. `stranger`: of another organisation, met in a shared channel. */
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
}

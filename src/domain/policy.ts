/** Who may approve: a user, the members of a user group, or the members of the approval channel. */
export type ApproverRule =
  | { kind: 'user'; userId: string }
  | { kind: 'group'; groupId: string }
  | { kind: 'channel' };

/** Where requests are decided, by whom, and how many of them it takes. */
export interface Policy {
  channel: string;
  approvers: readonly ApproverRule[];
  requiredApprovals: number;
}

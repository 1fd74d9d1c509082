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

/** What an operator writes for approvers: an id of Slack's, or `channel`; undefined for neither. */
export function readApproverRule(text: string): ApproverRule | undefined {
  if (text === 'channel') return { kind: 'channel' };
  if (/^[UW][A-Z0-9]{2,}$/.test(text)) return { kind: 'user', userId: text };
  return /^S[A-Z0-9]{2,}$/.test(text) ? { kind: 'group', groupId: text } : undefined;
}

/** How many different people can approve at most, as far as that shows from the rules. */
export function mostApprovers(rules: readonly ApproverRule[]): number {
  if (rules.some(({ kind }) => kind !== 'user')) return Number.POSITIVE_INFINITY;
  return new Set(rules.map((rule) => (rule.kind === 'user' ? rule.userId : ''))).size;
}

import type { Policy } from '../domain/policy/policy';
import { groupsOfConditions, type Ruling, rulingFor, type Subject } from '../domain/policy/rules';
import type { Directory } from '../ports/directory';
import { groupMemberships } from './groupMemberships';

export interface RuleContext {
  directory: Directory;
  /** The current policy, which may be reloaded while Ferry runs. */
  policy(): Policy;
}

/** The rule of today's policy that applies, or why it is unknown. */
export async function resolveRule(
  context: RuleContext,
  subject: Omit<Subject, 'groups'>,
): Promise<Ruling> {
  const policy = context.policy();
  return rulingFor(policy, await withGroups(context.directory, policy, subject));
}

/** Asks Slack for the facts that a policy's conditions need. */
export async function withGroups(
  directory: Directory,
  policy: Policy,
  subject: Omit<Subject, 'groups'>,
): Promise<Subject> {
  const groupIds = groupsOfConditions(policy);
  return { ...subject, groups: await groupMemberships(directory, subject.requester, groupIds) };
}

import type { Membership } from '../domain/person';
import type { Policy, Rule } from '../domain/policy';
import { groupsOfConditions, ruleFor, type Subject } from '../domain/rules';
import type { Directory } from './ports';

export interface RuleContext {
  directory: Directory;
  /** As it stands now: it can be read again while Ferry runs. */
  policy(): Policy;
}

/** The rule of the policy that applies now; `undefined` when Slack does not tell what it depends on. */
export async function ruleNow(
  context: RuleContext,
  subject: Omit<Subject, 'groups'>,
): Promise<Rule | undefined> {
  const policy = context.policy();
  return ruleFor(policy, await withGroups(context.directory, policy, subject));
}

/** Asks Slack what the conditions of a policy look at. */
export async function withGroups(
  directory: Directory,
  policy: Policy,
  subject: Omit<Subject, 'groups'>,
): Promise<Subject> {
  const { requester } = subject;
  const groups = new Map(
    await Promise.all(
      groupsOfConditions(policy).map(async (groupId): Promise<[string, Membership]> => {
        const list = [{ kind: 'group', groupId }] as const;
        return [groupId, await directory.isAmong(requester, list, requester)];
      }),
    ),
  );
  return { ...subject, groups };
}

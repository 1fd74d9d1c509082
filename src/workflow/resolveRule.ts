import type { Membership } from '../domain/people/person';
import type { Policy } from '../domain/policy/policy';
import { groupsOfConditions, type Ruling, rulingFor, type Subject } from '../domain/policy/rules';
import type { Directory } from '../ports/directory';

export interface RuleContext {
  directory: Directory;
  /** As it stands now: it can be read again while Ferry runs. */
  policy(): Policy;
}

/** The rule of the policy that applies now, or what leaves it open. */
export async function resolveRule(
  context: RuleContext,
  subject: Omit<Subject, 'groups'>,
): Promise<Ruling> {
  const policy = context.policy();
  return rulingFor(policy, await withGroups(context.directory, policy, subject));
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

import type { Membership } from '../domain/people/person';
import type { Directory } from '../ports/directory';

/**
 * Asks Slack which of these user groups a person is in.
 * @param bounded limits the wait for one answer
 */
export async function groupMemberships(
  directory: Pick<Directory, 'isAmong'>,
  userId: string,
  groupIds: readonly string[],
  bounded = (answer: Promise<Membership>): Promise<Membership> => answer,
): Promise<ReadonlyMap<string, Membership>> {
  const asked = groupIds.map(async (groupId) => {
    const answer = directory.isAmong(userId, [{ kind: 'group', groupId }], userId);
    return [groupId, await bounded(answer)] as const;
  });
  return new Map(await Promise.all(asked));
}

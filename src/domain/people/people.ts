import { z } from 'zod';

/** People in a policy: one user, the members of a group or channel, or the requester. */
export const people = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), userId: z.string() }),
  z.object({ kind: z.literal('group'), groupId: z.string() }),
  z.object({ kind: z.literal('channel'), channelId: z.string() }),
  z.object({ kind: z.literal('requester') }),
]);
export type People = z.infer<typeof people>;

/** The ID of a user in Slack. */
export const userIdPattern = /^[UW][A-Z0-9]{2,}$/;
/** The ID of a channel in Slack. */
export const channelIdPattern = /^[CG][A-Z0-9]{2,}$/;

/**
 * Reads what a policy file has for people: a Slack ID, `channel` for the members of the request's
 * channel, or `requester`. Returns `undefined` for other text.
 */
export function readPeople(text: string, channelId: string): People | undefined {
  if (text === 'channel') return { kind: 'channel', channelId };
  if (text === 'requester') return { kind: 'requester' };
  if (userIdPattern.test(text)) return { kind: 'user', userId: text };
  if (channelIdPattern.test(text)) return { kind: 'channel', channelId: text };
  return /^S[A-Z0-9]{2,}$/.test(text) ? { kind: 'group', groupId: text } : undefined;
}

/** True if a list names this user personally, and not only a group with this user. */
export function names(list: readonly People[], userId: string): boolean {
  return list.some((each) => each.kind === 'user' && each.userId === userId);
}

/** The most people that a list can have, if the list itself shows that. */
export function mostPeople(list: readonly People[]): number {
  if (list.some(({ kind }) => kind === 'group' || kind === 'channel')) {
    return Number.POSITIVE_INFINITY;
  }
  return new Set(list.map((each) => (each.kind === 'user' ? each.userId : ''))).size;
}

/** The Slack ID. Its first letter shows its kind, so IDs are unique across kinds. */
export function idOf(people: People): string | undefined {
  switch (people.kind) {
    case 'user':
      return people.userId;
    case 'group':
      return people.groupId;
    case 'channel':
      return people.channelId;
    case 'requester':
      return undefined;
    default:
      return people satisfies never;
  }
}

import { z } from 'zod';

/** People as a policy names them: one, the members of a group or channel, or whoever asked. */
export const people = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), userId: z.string() }),
  z.object({ kind: z.literal('group'), groupId: z.string() }),
  z.object({ kind: z.literal('channel'), channelId: z.string() }),
  z.object({ kind: z.literal('requester') }),
]);
export type People = z.infer<typeof people>;

/**
 * What an operator writes for people: an id of Slack's, `channel` for the members of the channel in
 * which a request is decided, or `requester`; undefined for anything else.
 */
export function readPeople(text: string, channelId: string): People | undefined {
  if (text === 'channel') return { kind: 'channel', channelId };
  if (text === 'requester') return { kind: 'requester' };
  if (/^[UW][A-Z0-9]{2,}$/.test(text)) return { kind: 'user', userId: text };
  if (/^[CG][A-Z0-9]{2,}$/.test(text)) return { kind: 'channel', channelId: text };
  return /^S[A-Z0-9]{2,}$/.test(text) ? { kind: 'group', groupId: text } : undefined;
}

/** Whether a list names this very person, which says more than that they are a member of something. */
export function names(list: readonly People[], userId: string): boolean {
  return list.some((each) => each.kind === 'user' && each.userId === userId);
}

/** How many different people a list can mean at most, as far as that shows from the list itself. */
export function mostPeople(list: readonly People[]): number {
  if (list.some(({ kind }) => kind === 'group' || kind === 'channel')) {
    return Number.POSITIVE_INFINITY;
  }
  return new Set(list.map((each) => (each.kind === 'user' ? each.userId : ''))).size;
}

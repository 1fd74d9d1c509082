import type { People } from '../src/domain/people/people';
import type { Messages } from '../src/i18n/locales';
import { channel, group, join, person, say, type Text } from '../src/i18n/text';
import { clip } from './packBlocks';

/** People in a policy. People and groups are mentioned; members of a channel aren't. */
export function listPeople({ thread, listSeparator }: Messages, list: readonly People[]): Text {
  const seen = new Set<string>();
  const others = list.filter((each) => {
    const key = JSON.stringify(each);
    return !seen.has(key) && seen.add(key);
  });
  return join(
    others.map((each): Text => {
      switch (each.kind) {
        case 'user':
          return [person(each.userId)];
        case 'group':
          return [group(each.groupId)];
        case 'channel':
          return thread.channelMembers(channel(each.channelId));
        case 'requester':
          return say`${thread.requester}`;
        default:
          return each satisfies never;
      }
    }),
    listSeparator,
  );
}

/** A list without these users, unless that leaves nobody. They may still be members of its groups. */
export function withoutUsers(
  list: readonly People[],
  userIds: readonly string[],
): readonly People[] {
  const others = list.filter((each) => each.kind !== 'user' || !userIds.includes(each.userId));
  return others.length === 0 ? list : others;
}

/** Enough to reach somebody, and few enough for any message. */
const mostParts = 30;

/** The first people of a long list, and an ellipsis. */
export const someOf = (messages: Messages, list: readonly People[]): Text =>
  clip(listPeople(messages, list), mostParts);

import { names, type People } from '../domain/people/people';
import type { Standing } from '../domain/people/person';
import { within } from '../domain/time/within';
import type { Directory } from '../ports/directory';
import { createChannels } from './channels';
import { createMemberships, type ListedPeople, type MembershipContext } from './memberships';
import { readPerson } from './readPerson';
import { createStandings } from './standings';

export interface DirectoryContext extends MembershipContext {
  /** The bot's workspace. */
  teamId: string;
}

/** Looks people up in Slack. */
export function createDirectory(context: DirectoryContext): Directory {
  const memberships = createMemberships(context);
  return {
    person: (userId) => lookUpPerson(context, userId),
    standing: createStandings(context),
    sees: createChannels(context, (channelId, userId) =>
      memberships.has({ kind: 'channel', channelId }, userId),
    ),
    async isAmong(userId, list, requester) {
      const isRequester = userId === requester && list.some(({ kind }) => kind === 'requester');
      if (isRequester || names(list, userId)) return 'yes';
      const answers = await Promise.all(
        list.filter(isListed).map((each) => memberships.has(each, userId)),
      );
      return (
        answers.find((answer) => answer === 'yes') ??
        (answers.includes('unknown') ? 'unknown' : 'no')
      );
    },
  };
}

const isListed = (people: People): people is ListedPeople =>
  people.kind === 'group' || people.kind === 'channel';

/** A person waits. If Slack doesn't answer within this time, the result is unknown. In ms. */
const boundMs = 4_000;

async function lookUpPerson(
  context: DirectoryContext,
  userId: string,
): Promise<{ name: string; standing: Standing }> {
  const { log, patience } = context;
  const unknown = { name: userId, standing: 'unknown' } as const;
  const asked = readPerson(context, userId).catch((error: unknown) => {
    log.warn('a person could not be looked up', { user: userId, error });
    return unknown;
  });
  return (await within(patience, asked, boundMs)) ?? unknown;
}

import { names, type People } from '../domain/people/people';
import type { Membership, Standing } from '../domain/people/person';
import { createChannels } from './channels';
import { within } from './clock';
import { createMemberships, type ListedPeople, type MembershipContext } from './memberships';
import { readPerson } from './readPerson';
import { createStandings } from './standings';

export interface DirectoryContext extends MembershipContext {
  /** The workspace that the bot belongs to. */
  teamId: string;
}

/** Who somebody is, asked when it matters. No function rejects; Slack's silence is `unknown`. */
export function createDirectory(context: DirectoryContext) {
  const memberships = createMemberships(context);
  return {
    /** Asked anew each time: a person can be deactivated at any moment. */
    person: (userId: string) => lookUpPerson(context, userId),
    standing: createStandings(context),
    sees: createChannels(context, (channelId, userId) =>
      memberships.has({ kind: 'channel', channelId }, userId),
    ),
    /**
     * Whether somebody is among these people. One entry that means them is enough; without one, a
     * list that cannot be read leaves it unknown.
     *
     * @param requester whoever `requester` means
     */
    async isAmong(userId: string, list: readonly People[], requester: string): Promise<Membership> {
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

/** A person waits; what Slack has not said by then is unknown. */
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

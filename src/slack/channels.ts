import { z } from 'zod';
import type { Membership } from '../domain/people/person';
import type { MembershipContext } from './memberships';
import { platformError } from './platformError';
import { within } from './within';

type Openness = 'public' | 'private' | 'gone' | 'unknown';

interface Entry {
  known: { openness: Openness; at: number } | undefined;
  reading: Promise<void> | undefined;
}

/** How long an answer is used, in ms. */
const freshMs = 5_000;
/** A person waits for the answer after the click was acknowledged. In ms. */
const boundMs = 4_000;

const info = z.object({
  channel: z.object({
    is_private: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
  }),
});

/**
 * Knows who can see channels. All full members see a public channel; only its members see a private
 * one.
 */
export function createChannels(
  context: MembershipContext,
  isMember: (channelId: string, userId: string) => Promise<Membership>,
) {
  const { client, clock, log, patience } = context;
  /** One entry per channel with requests. */
  const entries = new Map<string, Entry>();
  const now = (): number => clock.now().getTime();

  const read = async (channelId: string, entry: Entry): Promise<void> => {
    const at = now();
    try {
      const { channel } = info.parse(await client.conversations.info({ channel: channelId }));
      // A channel is private unless Slack clearly says that it is public.
      const isPublic = channel.is_private === false && !channel.is_im && !channel.is_mpim;
      entry.known = { openness: isPublic ? 'public' : 'private', at };
    } catch (error) {
      // The channel was deleted, or it is private and the bot has left it.
      if (platformError(error) === 'channel_not_found') entry.known = { openness: 'gone', at };
      else log.warn('a channel could not be looked up', { channel: channelId, error });
    } finally {
      entry.reading = undefined;
    }
  };

  const opennessOf = async (channelId: string): Promise<Openness> => {
    const entry = entries.get(channelId) ?? { known: undefined, reading: undefined };
    entries.set(channelId, entry);
    const before = entry.known;
    if (before !== undefined && now() - before.at < freshMs) return before.openness;
    entry.reading ??= read(channelId, entry);
    await within(patience, entry.reading, boundMs);
    // An answer that arrived during this call is fresh, even if the clock has advanced.
    return entry.known === undefined || entry.known === before ? 'unknown' : entry.known.openness;
  };

  /** Whether a full member of the workspace can see a channel. Never rejects. */
  return async (channelId: string, userId: string): Promise<Membership> => {
    const openness = await opennessOf(channelId);
    switch (openness) {
      case 'public':
        return 'yes';
      case 'private':
        return isMember(channelId, userId);
      case 'gone':
        return 'no';
      case 'unknown':
        return 'unknown';
      default:
        return openness satisfies never;
    }
  };
}

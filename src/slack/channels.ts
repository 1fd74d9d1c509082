import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Membership } from '../domain/people/person';
import { createLastAnswers } from './lastAnswers';
import type { MembershipContext } from './memberships';
import { platformError } from './platformError';

type Openness = 'public' | 'private' | 'gone';

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
  const answers = createLastAnswers<string, Openness>({
    ...{ boundMs, clock, patience },
    keyOf: (channelId) => channelId,
    read: (channelId) => readOpenness(client, channelId),
    onFailure(channelId, error) {
      log.warn('a channel could not be looked up', { channel: channelId, error });
      return 'keep';
    },
  });

  /** Whether a full member of the workspace can see a channel. Never rejects. */
  return async (channelId: string, userId: string): Promise<Membership> => {
    const answer = await answers(channelId, freshMs);
    if (answer?.isFresh !== true) return 'unknown';
    switch (answer.value) {
      case 'public':
        return 'yes';
      case 'private':
        return isMember(channelId, userId);
      case 'gone':
        return 'no';
      default:
        return answer.value satisfies never;
    }
  };
}

async function readOpenness(client: WebClient, channelId: string): Promise<Openness> {
  try {
    const { channel } = info.parse(await client.conversations.info({ channel: channelId }));
    // A channel is private unless Slack clearly says that it is public.
    const isPublic = channel.is_private === false && !channel.is_im && !channel.is_mpim;
    return isPublic ? 'public' : 'private';
  } catch (error) {
    // The channel was deleted, or it is private and the bot has left it.
    if (platformError(error) === 'channel_not_found') return 'gone';
    throw error;
  }
}

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { VisibleChannelProblem } from '../domain/channel/announcement';
import type { Log } from '../ports/log';
import { platformError } from './platformError';

const answer = z.object({
  channel: z.object({ is_member: z.boolean().optional(), is_archived: z.boolean().optional() }),
});

/** Checks that the bot can post in the channel. If Slack doesn't answer, the posts will show it. */
export async function checkChannel(
  client: WebClient,
  channel: string,
  log: Log,
): Promise<VisibleChannelProblem | undefined> {
  try {
    const { is_member: isMember, is_archived: isArchived } = answer.parse(
      await client.conversations.info({ channel }),
    ).channel;
    if (isArchived === true) return 'archived';
    return isMember === true ? undefined : 'not_joined';
  } catch (error) {
    // For the bot, a private channel that it isn't in doesn't exist.
    if (platformError(error) === 'channel_not_found') return 'unknown';
    log.warn('a channel named in the policy could not be checked', { channel, error });
    return undefined;
  }
}

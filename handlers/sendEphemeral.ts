import type { BlockAction, webApi } from '@slack/bolt';
import type { Text } from '../src/i18n/text';
import { messageText } from '../views/message';
import type { ActingContext } from './context';

/** Where a person is looking. */
export interface Place {
  /** The channel of the interaction; unknown for shortcuts and forms. */
  channelId?: string | undefined;
  /** The thread of the message whose button was pressed, unless the message begins the thread. */
  threadTs?: string | undefined;
}

interface Recipient extends Place {
  userId: string;
}

/** The place of a button. */
export function placeOf({ channel, message }: Pick<BlockAction, 'channel' | 'message'>): Place {
  const thread: unknown = message?.['thread_ts'];
  const isReply = typeof thread === 'string' && thread !== message?.ts;
  return { channelId: channel?.id, threadTs: isReply ? thread : undefined };
}

/**
 * Replies to one person in the channel and thread of the interaction, or in a direct message if that
 * is unknown or fails. A reply that can't be delivered is logged, because the action itself is already
 * done or refused.
 */
export async function sendEphemeral(
  client: webApi.WebClient,
  { log }: Pick<ActingContext, 'log'>,
  { userId, channelId, threadTs }: Recipient,
  words: Text,
): Promise<void> {
  const text = messageText(words);
  if (channelId !== undefined) {
    try {
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      await client.chat.postEphemeral({ channel: channelId, user: userId, text, ...thread });
      return;
    } catch (error) {
      log.warn('an ephemeral answer was not accepted; sending it as a direct message', {
        user: userId,
        channel: channelId,
        error,
      });
    }
  }
  await client.chat.postMessage({ channel: userId, text }).catch((error: unknown) => {
    log.error('an answer could not be delivered', { user: userId, error });
  });
}

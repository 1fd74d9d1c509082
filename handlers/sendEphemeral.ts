import type { webApi } from '@slack/bolt';
import type { Text } from '../src/i18n/text';
import { mrkdwn } from '../views/mrkdwn';
import { cut } from '../views/plainText';
import type { ActingContext } from './context';

/** Characters of an answer: Slack cuts or rejects longer text. */
export const longestAnswer = 4_000;

interface Recipient {
  userId: string;
  /**
   * The channel of the interaction, where the person is looking; unknown for shortcuts and forms.
   */
  channelId: string | undefined;
}

/**
 * Replies to one person in the channel of the interaction, or in a direct message if that is
 * unknown or fails. A reply that can't be delivered is logged, because the action itself is already
 * done or refused.
 */
export async function sendEphemeral(
  client: webApi.WebClient,
  { log }: Pick<ActingContext, 'log'>,
  { userId, channelId }: Recipient,
  words: Text,
): Promise<void> {
  const text = cut(mrkdwn(words), longestAnswer);
  if (channelId !== undefined) {
    try {
      await client.chat.postEphemeral({ channel: channelId, user: userId, text });
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

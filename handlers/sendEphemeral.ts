import type { webApi } from '@slack/bolt';
import type { Text } from '../src/i18n/text';
import { mrkdwn } from '../views/mrkdwn';
import type { ActingContext } from './context';

interface Recipient {
  userId: string;
  /** Where they acted, so where they are looking; unknown for shortcuts and forms. */
  channelId: string | undefined;
}

/**
 * Says something to one person alone, where they acted; as a direct message when that is not known
 * or not possible. What cannot be said is logged: the action itself is done or refused already.
 */
export async function sendEphemeral(
  client: webApi.WebClient,
  { log }: Pick<ActingContext, 'log'>,
  { userId, channelId }: Recipient,
  words: Text,
): Promise<void> {
  const text = mrkdwn(words);
  if (channelId !== undefined) {
    try {
      await client.chat.postEphemeral({ channel: channelId, user: userId, text });
      return;
    } catch (error) {
      log.warn('an ephemeral answer was not accepted; sending it as a direct message', { error });
    }
  }
  await client.chat.postMessage({ channel: userId, text }).catch((error: unknown) => {
    log.error('an answer could not be delivered', { user: userId, error });
  });
}

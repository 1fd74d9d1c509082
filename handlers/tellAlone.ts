import type { webApi } from '@slack/bolt';
import type { Text } from '../src/i18n/text';
import type { Log } from '../src/workflow/ports';
import { mrkdwn } from '../views/mrkdwn';

interface Listener {
  userId: string;
  /** Where they acted, so where they are looking. */
  channelId: string;
}

/**
 * Says something to one person alone, where they acted. Somebody who has left that channel gets it
 * as a direct message. What cannot be said is logged: the action itself is done or refused already.
 */
export async function tellAlone(
  client: webApi.WebClient,
  log: Log,
  { userId, channelId }: Listener,
  words: Text,
): Promise<void> {
  const text = mrkdwn(words);
  try {
    await client.chat.postEphemeral({ channel: channelId, user: userId, text });
  } catch (error) {
    log.warn('an ephemeral answer was not taken; sending it as a direct message', { error });
    await client.chat.postMessage({ channel: userId, text }).catch((again: unknown) => {
      log.error('an answer could not be delivered', { user: userId, error: again });
    });
  }
}

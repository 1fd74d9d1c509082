import type { WebClient } from '@slack/web-api';
import type { CardPlace } from '../domain/channel/announcement';

/** The URL of a card. A message without a link is better than none. */
export async function permalink(
  client: WebClient,
  { channel, ts }: CardPlace,
): Promise<string | undefined> {
  const answer = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => undefined);
  return answer?.permalink;
}

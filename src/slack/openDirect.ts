import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

const conversation = z.object({ channel: z.object({ id: z.string() }) });

/** The channel of the direct messages to a user. */
export async function openDirect(client: WebClient, userId: string): Promise<string> {
  return conversation.parse(await client.conversations.open({ users: userId })).channel.id;
}

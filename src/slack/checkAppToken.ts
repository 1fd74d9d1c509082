import type { WebClient } from '@slack/web-api';
import { platformError } from './platformError';

/** Why Slack opens no connection with an app token; asks for the address of one and leaves it at that. */
export async function checkAppToken(client: WebClient): Promise<string | undefined> {
  try {
    await client.apps.connections.open();
    return undefined;
  } catch (error) {
    return platformError(error) ?? (error instanceof Error ? error.message : String(error));
  }
}

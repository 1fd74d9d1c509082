import type { WebClient } from '@slack/web-api';
import { failureOf } from './platformError';

/**
 * Returns why Slack refuses a connection with an app token. It requests a connection's URL without
 * opening it.
 */
export async function checkAppToken(client: WebClient): Promise<string | undefined> {
  try {
    await client.apps.connections.open();
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

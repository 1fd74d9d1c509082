import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { platformError } from './platformError';

const identity = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string() });

/** Who the bot is. */
export interface BotIdentity {
  teamId: string;
  botId: string;
  botUserId: string;
}

/** `refused`: Slack knows the token and does not take it. `unreachable`: nobody answered. */
export type SignIn =
  | { kind: 'signed_in'; identity: BotIdentity }
  | { kind: 'refused'; error: string }
  | { kind: 'unreachable'; detail: string };

/** Asks Slack whose token the client holds. */
export async function signIn(client: WebClient): Promise<SignIn> {
  try {
    const answer = identity.parse(await client.auth.test());
    const { team_id: teamId, user_id: botUserId, bot_id: botId } = answer;
    return { kind: 'signed_in', identity: { teamId, botUserId, botId } };
  } catch (error) {
    const refused = platformError(error);
    // Slack says so too when it is itself in trouble.
    if (
      refused !== undefined &&
      !/internal_error|fatal_error|ratelimited|unavailable/.test(refused)
    ) {
      return { kind: 'refused', error: refused };
    }
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
}

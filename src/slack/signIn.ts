import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { backoffMs } from '../domain/time/backoff';
import { after } from '../domain/time/offset';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import { failureOf, lastingError } from './platformError';

const identity = z.object({
  team_id: z.string(),
  url: z.url().optional(),
  user_id: z.string(),
  bot_id: z.string(),
  /** The content of the header `x-oauth-scopes`. */
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

export interface BotIdentity {
  teamId: string;
  /** The URL of the workspace's messages. Ends with a slash. */
  workspaceUrl: string | undefined;
  botId: string;
  botUserId: string;
  /** The token's scopes, if Slack returns them. */
  scopes: readonly string[] | undefined;
}

/** `refused`: Slack rejects the token. `unreachable`: no response arrived. */
export type SignIn =
  | { kind: 'signed_in'; identity: BotIdentity }
  | { kind: 'refused'; error: string }
  | { kind: 'unreachable'; detail: string };

/** Asks Slack whom the client's token belongs to. */
export async function signIn(client: WebClient): Promise<SignIn> {
  try {
    const answer = identity.parse(await client.auth.test());
    const {
      team_id: teamId,
      url: workspaceUrl,
      user_id: botUserId,
      bot_id: botId,
      response_metadata: more,
    } = answer;
    return {
      kind: 'signed_in',
      identity: { teamId, workspaceUrl, botUserId, botId, scopes: more?.scopes },
    };
  } catch (error) {
    const refused = lastingError(error);
    if (refused !== undefined) return { kind: 'refused', error: refused };
    return { kind: 'unreachable', detail: failureOf(error) };
  }
}

interface SignInContext {
  clock: Clock;
  log: Log;
  random(): number;
  stopping: AbortSignal;
}

/**
 * Signs in. If Slack can't be reached, it retries with a growing, jittered delay until `stopping`
 * aborts.
 */
export async function keepSigningIn(
  client: WebClient,
  { clock, log, random, stopping }: SignInContext,
): Promise<Exclude<SignIn, { kind: 'unreachable' }> | { kind: 'stopped' }> {
  const jitter = { from: 0.5, to: 1, random };
  for (let failures = 1; ; failures += 1) {
    const result = await signIn(client);
    if (stopping.aborted) return { kind: 'stopped' };
    if (result.kind !== 'unreachable') return result;
    log.error('Slack is unreachable; retrying', { reason: result.detail });
    const delayMs = backoffMs({ firstMs: 500, mostMs: 30_000, jitter }, failures);
    await clock.sleepUntil(after(clock.now(), delayMs), stopping);
    if (stopping.aborted) return { kind: 'stopped' };
  }
}

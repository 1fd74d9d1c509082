import { createHash } from 'node:crypto';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import { buildReply } from '../../views/reply';
import { buildRequestCard, type Message } from '../../views/requestCard';
import type { Policy } from '../domain/policy';
import type { MigrationRequest } from '../domain/request';
import type { RequestEvent } from '../domain/requestEvent';
import type { Messages } from '../i18n/locales';

interface CardPlace {
  channel: string;
  ts: string;
  digest: string;
}

export interface BoardContext {
  client: WebClient;
  messages: Messages;
  policy: Policy;
}

const posted = z.object({ channel: z.string(), ts: z.string() });

/**
 * Posts a request's card, or brings the posted one up to date; one that already shows the present
 * state is left alone, and one that is gone is posted anew. Rejects when Slack does not take it.
 */
export async function showCard(
  { client, messages }: BoardContext,
  request: MigrationRequest,
  shown: CardPlace | undefined,
): Promise<CardPlace> {
  const card = buildRequestCard(messages, request);
  const digest = digestOf(card);
  if (shown?.digest === digest) return shown;
  if (shown !== undefined) {
    const { channel, ts } = shown;
    try {
      await client.chat.update({ channel, ts, ...card });
      return { channel, ts, digest };
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  const { channel, ts } = posted.parse(
    await client.chat.postMessage({ channel: request.channel, unfurl_links: false, ...card }),
  );
  return { channel, ts, digest };
}

/** Tells an event in the card's thread, if it has something to say there. */
export async function reply(
  { client, messages, policy }: BoardContext,
  card: CardPlace,
  request: MigrationRequest,
  event: RequestEvent,
): Promise<void> {
  const message = buildReply(messages, policy, request, event);
  if (message === undefined) return;
  await client.chat.postMessage({
    channel: card.channel,
    thread_ts: card.ts,
    unfurl_links: false,
    ...message,
  });
}

function digestOf(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url').slice(0, 22);
}

const platformError = z.object({
  code: z.literal(ErrorCode.PlatformError),
  data: z.object({ error: z.string() }),
});

function isGone(error: unknown): boolean {
  return platformError.safeParse(error).data?.data.error === 'message_not_found';
}

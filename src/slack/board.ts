import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { buildReply } from '../../views/reply';
import { buildRequestCard } from '../../views/requestCard';
import type { CardPlace } from '../domain/announcement';
import type { Policy } from '../domain/policy';
import type { MigrationRequest } from '../domain/request';
import type { RequestEvent } from '../domain/requestEvent';
import type { Messages } from '../i18n/locales';
import { platformError } from './platformError';

export interface BoardContext {
  client: WebClient;
  messages: Messages;
  policy: Policy;
}

/** The channel, for the announcer. Every function rejects when Slack does not take the call. */
export function createBoard(context: BoardContext) {
  return {
    digest: (request: MigrationRequest) => cardDigest(context, request),
    postCard: (request: MigrationRequest) => postCard(context, request),
    findCard: (request: MigrationRequest) => findCard(context, request),
    updateCard: (request: MigrationRequest, card: CardPlace) => updateCard(context, request, card),
    isTold: (request: MigrationRequest, event: RequestEvent) => isTold(context, request, event),
    reply: (card: CardPlace, request: MigrationRequest, event: RequestEvent) =>
      reply(context, card, request, event),
    hasReply: (card: CardPlace, request: MigrationRequest, event: RequestEvent) =>
      hasReply(context, card, request, event),
  };
}

const posted = z.object({ channel: z.string(), ts: z.string() });

/** Marks a message as Ferry's, so that it is recognised when nobody recorded that it was posted. */
const cardMark = 'ferry_card';
const replyMark = 'ferry_reply';

function cardDigest({ messages }: BoardContext, request: MigrationRequest): string {
  const card = buildRequestCard(messages, request);
  return createHash('sha256').update(JSON.stringify(card)).digest('base64url').slice(0, 22);
}

async function postCard(context: BoardContext, request: MigrationRequest): Promise<CardPlace> {
  const { client, messages } = context;
  const { channel, ts } = posted.parse(
    await client.chat.postMessage({
      channel: request.channel,
      unfurl_links: false,
      metadata: { event_type: cardMark, event_payload: payload(request) },
      ...buildRequestCard(messages, request),
    }),
  );
  return { channel, ts, digest: cardDigest(context, request) };
}

/** Looks for the card among the channel's messages since the request was made. */
async function findCard(
  { client }: BoardContext,
  request: MigrationRequest,
): Promise<CardPlace | undefined> {
  const { channel, askedAt } = request;
  const oldest = String(askedAt.getTime() / 1_000 - skewSeconds);
  const wanted = payload(request);
  const found = await findMarked(cardMark, wanted, (cursor) =>
    client.conversations.history({ channel, oldest, include_all_metadata: true, ...cursor }),
  );
  // What it shows is not known; an empty fingerprint has it redrawn.
  return found === undefined ? undefined : { channel, ts: found, digest: '' };
}

async function updateCard(
  context: BoardContext,
  request: MigrationRequest,
  { channel, ts }: CardPlace,
): Promise<CardPlace | 'gone'> {
  const { client, messages } = context;
  try {
    await client.chat.update({ channel, ts, ...buildRequestCard(messages, request) });
    return { channel, ts, digest: cardDigest(context, request) };
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

function isTold(
  { messages, policy }: BoardContext,
  request: MigrationRequest,
  event: RequestEvent,
): boolean {
  return buildReply(messages, policy, request, event) !== undefined;
}

async function reply(
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
    metadata: { event_type: replyMark, event_payload: payload(request, event) },
    ...message,
  });
}

async function hasReply(
  { client }: BoardContext,
  { channel, ts }: CardPlace,
  request: MigrationRequest,
  event: RequestEvent,
): Promise<boolean> {
  const wanted = payload(request, event);
  const found = await findMarked(replyMark, wanted, (cursor) =>
    client.conversations.replies({ channel, ts, include_all_metadata: true, ...cursor }),
  );
  return found !== undefined;
}

/** How far Slack's clock and this machine's may be apart. */
const skewSeconds = 60;

/** The origin tells requests apart also when another database has used the same numbers. */
function payload({ origin }: MigrationRequest, event?: RequestEvent) {
  return { origin, event: event?.seq ?? 0 };
}

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** The timestamp of the first message with the mark and payload, over all pages. */
async function findMarked(
  mark: string,
  wanted: Record<string, unknown>,
  read: (cursor: { cursor?: string; limit: number }) => Promise<unknown>,
): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const { messages, response_metadata: next } = page.parse(
      await read(cursor === undefined ? { limit: 200 } : { limit: 200, cursor }),
    );
    const found = messages.find(
      ({ metadata }) =>
        metadata?.event_type === mark &&
        Object.entries(wanted).every(([key, value]) => metadata.event_payload[key] === value),
    );
    if (found !== undefined) return found.ts;
    cursor = next?.next_cursor || undefined;
  } while (cursor !== undefined);
  return undefined;
}

function isGone(error: unknown): boolean {
  return platformError(error) === 'message_not_found';
}

import type { MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { CardPlace } from '../domain/channel/announcement';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Announced } from '../domain/request/watch';

/** How far Slack's clock and this machine's may differ. */
const skewSeconds = 60;

/** The oldest possible timestamp of messages posted from `at` on. */
export const since = (at: Date): string => String(at.getTime() / 1_000 - skewSeconds);

/**
 * The metadata by which Ferry recognizes a message that it posted but didn't record. The origin
 * distinguishes requests with the same number from different databases.
 */
export const metadataOf = (
  kind: string,
  { origin }: Announced,
  event?: RequestEvent,
): MessageMetadata => ({
  event_type: kind,
  event_payload: { origin, event: event?.seq ?? 0 },
});

/** The bot whose messages are Ferry's, and its client. */
export interface Poster {
  botId: string;
  client: WebClient;
}

/** A message as Slack has it. */
export type MarkedMessage = Pick<
  z.infer<typeof page>['messages'][number],
  'blocks' | 'text' | 'ts'
>;

/** The first message with this mark in a channel, of those from `at` on. */
export const findInChannel = (
  { botId, client }: Poster,
  channel: string,
  at: Date,
  mark: MessageMetadata,
): Promise<MarkedMessage | undefined> =>
  findMarked(botId, mark, (cursor) =>
    client.conversations.history({
      channel,
      oldest: since(at),
      include_all_metadata: true,
      ...cursor,
    }),
  );

/** The first message with this mark in a thread. */
export const findInThread = (
  { botId, client }: Poster,
  { channel, ts }: CardPlace,
  mark: MessageMetadata,
): Promise<MarkedMessage | undefined> =>
  findMarked(botId, mark, (cursor) =>
    client.conversations.replies({ channel, ts, include_all_metadata: true, ...cursor }),
  );

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      text: z.string().catch(''),
      blocks: z.array(z.looseObject({ type: z.string() })).catch([]),
      /** The bot that posted it, which nobody else can write. */
      bot_id: z.string().optional().catch(undefined),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/**
 * The first message with this mark that the bot posted, over all pages. Every app may post messages
 * with Ferry's marks.
 */
export async function findMarked(
  botId: string,
  { event_payload: wanted, event_type: kind }: MessageMetadata,
  read: (cursor: { cursor?: string; limit: number }) => Promise<unknown>,
): Promise<MarkedMessage | undefined> {
  let cursor: string | undefined;
  do {
    const { messages, response_metadata: next } = page.parse(
      await read(cursor === undefined ? { limit: 200 } : { limit: 200, cursor }),
    );
    const found = messages.find(
      ({ bot_id, metadata }) =>
        bot_id === botId &&
        metadata?.event_type === kind &&
        Object.entries(wanted).every(([key, value]) => metadata.event_payload[key] === value),
    );
    if (found !== undefined) return found;
    cursor = next?.next_cursor || undefined;
  } while (cursor !== undefined);
  return undefined;
}

import type { JsonObject } from '../json';
import type { Message } from './message';
import { APP_ID, BOT_ID, BOT_USER, TEAM } from './seed';

/** A message as the Web API and payloads contain it. */
export function messageJson(
  message: Message,
  {
    withMetadata = false,
    replies = 0,
  }: { readonly withMetadata?: boolean; readonly replies?: number } = {},
): JsonObject {
  const thread = message.threadTs ?? (replies > 0 ? message.ts : undefined);
  return {
    type: 'message',
    ...(message.broadcast === true ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    ...(message.user === BOT_USER ? { bot_id: BOT_ID, app_id: APP_ID } : {}),
    ...(message.botId === undefined ? {} : { bot_id: message.botId }),
    text: message.text,
    team: TEAM.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(replies > 0 ? { reply_count: replies } : {}),
    ...(message.edited === undefined ? {} : { edited: { user: BOT_USER, ts: message.edited } }),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { cardUrl } from '../../views/cardUrl';
import { buildAlarm } from '../../views/directMessage';
import type { CardPlace } from '../domain/channel/announcement';
import type { People } from '../domain/people/people';
import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Messages } from '../i18n/locales';
import type { Alarms } from '../ports/alarms';
import type { Log } from '../ports/log';
import { findMarked, payload, since } from './marks';
import { lastingError } from './platformError';
import { postWords } from './postWords';

export interface AlarmsContext {
  client: WebClient;
  log: Log;
  messages: Messages;
  /** Ends with a slash. Without it, cards are not linked. */
  workspaceUrl: string | undefined;
}

/** Marks a report, so that a retry finds earlier ones. */
const mark = 'ferry_emergency';

export function createAlarms(context: AlarmsContext): Alarms {
  const { messages } = context;
  return {
    isTold: (request, event) =>
      placesOf(request).length > 0 && buildAlarm(messages, request, event, undefined) !== undefined,
    send: (request, event, card) => send(context, request, event, card),
  };
}

const placesOf = ({ rule }: MigrationRequest): string[] =>
  (rule.breakGlassNotify ?? []).flatMap((each: People) => {
    if (each.kind === 'user') return [each.userId];
    return each.kind === 'channel' ? [each.channelId] : [];
  });

async function send(
  context: AlarmsContext,
  request: MigrationRequest,
  event: RequestEvent,
  card: CardPlace | undefined,
): Promise<void> {
  const { client, log, messages, workspaceUrl } = context;
  const message = buildAlarm(messages, request, event, cardUrl(workspaceUrl, card));
  if (message === undefined) return;
  for (const place of placesOf(request)) {
    try {
      if (await wasSent(context, place, request, event)) continue;
      const address = {
        channel: place,
        unfurl_links: false,
        metadata: { event_type: mark, event_payload: payload(request, event) },
      };
      await postWords(message, (content) => client.chat.postMessage({ ...address, ...content }));
    } catch (error) {
      if (lastingError(error) === undefined) throw error;
      log.error('an emergency approval could not be reported', {
        request: request.id,
        place,
        error,
      });
    }
  }
}

const conversation = z.object({ channel: z.object({ id: z.string() }) });

async function wasSent(
  { client }: AlarmsContext,
  place: string,
  request: MigrationRequest,
  event: RequestEvent,
): Promise<boolean> {
  const isUser = /^[UW]/.test(place);
  const channel = isUser
    ? conversation.parse(await client.conversations.open({ users: place })).channel.id
    : place;
  const oldest = since(event.at);
  const found = await findMarked(mark, payload(request, event), (cursor) =>
    client.conversations.history({ channel, oldest, include_all_metadata: true, ...cursor }),
  );
  return found !== undefined;
}

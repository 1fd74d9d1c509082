import { cardUrl } from '../../views/cardUrl';
import { buildAlarm } from '../../views/directMessage';
import type { CardPlace } from '../domain/channel/announcement';
import type { People } from '../domain/people/people';
import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Messages } from '../i18n/locales';
import type { Alarms } from '../ports/alarms';
import type { Log } from '../ports/log';
import { findInChannel, metadataOf, type Poster } from './marks';
import { openDirect } from './openDirect';
import { lastingError } from './platformError';
import { postWords } from './postWords';

export interface AlarmsContext extends Poster {
  log: Log;
  messages: Messages;
  /** Ends with a slash. Without it, cards are not linked. */
  workspaceUrl: string | undefined;
}

/** By this mark, a retry finds earlier reports. */
const kind = 'ferry_emergency';

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
        metadata: metadataOf(kind, request, event),
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

async function wasSent(
  context: AlarmsContext,
  place: string,
  request: MigrationRequest,
  event: RequestEvent,
): Promise<boolean> {
  const isUser = /^[UW]/.test(place);
  const channel = isUser ? await openDirect(context.client, place) : place;
  const found = await findInChannel(context, channel, event.at, metadataOf(kind, request, event));
  return found !== undefined;
}

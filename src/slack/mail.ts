import { cardUrl } from '../../views/cardUrl';
import { buildDirectMessage } from '../../views/directMessage';
import type { CardPlace } from '../domain/channel/announcement';
import type { ConsoleSite } from '../domain/errors/consolePage';
import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Messages } from '../i18n/locales';
import type { Mail } from '../ports/mail';
import { findInChannel, metadataOf, type Poster } from './marks';
import { openDirect } from './openDirect';
import { lastingError } from './platformError';
import { postWords } from './postWords';

export interface MailContext extends Poster {
  /** Only to decide whether an event has a message, which is the same in every language. */
  messages: Messages;
  messagesFor(userId: string): Promise<Messages>;
  /** The account's console. */
  site: ConsoleSite;
  /** Ends with a slash. Without it, cards are not linked. */
  workspaceUrl: string | undefined;
}

/** Direct messages to the requester. */
export function createMail(context: MailContext): Mail {
  const { messages, site } = context;
  return {
    isTold: (request, event) =>
      buildDirectMessage(messages, request, event, undefined, site) !== undefined,
    send: (request, event, card) => send(context, request, event, card),
    wasSent: (request, event) => wasSent(context, request, event),
    isRefused: (error) => lastingError(error) !== undefined,
  };
}

const kind = 'ferry_direct';

async function send(
  context: MailContext,
  request: MigrationRequest,
  event: RequestEvent,
  card: CardPlace | undefined,
): Promise<void> {
  const { client, messagesFor, site, workspaceUrl } = context;
  const messages = await messagesFor(request.requester.userId);
  const url = cardUrl(workspaceUrl, card);
  const message = buildDirectMessage(messages, request, event, url, site);
  if (message === undefined) return;
  const address = {
    channel: request.requester.userId,
    unfurl_links: false,
    metadata: metadataOf(kind, request, event),
  };
  await postWords(message, (content) => client.chat.postMessage({ ...address, ...content }));
}

async function wasSent(
  context: MailContext,
  request: MigrationRequest,
  event: RequestEvent,
): Promise<boolean> {
  const channel = await openDirect(context.client, request.requester.userId);
  const found = await findInChannel(context, channel, event.at, metadataOf(kind, request, event));
  return found !== undefined;
}

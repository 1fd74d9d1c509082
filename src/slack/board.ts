import { createHash } from 'node:crypto';
import type { MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { buildDigest } from '../../views/answers';
import { cardUrl } from '../../views/cardUrl';
import type { Message } from '../../views/message';
import { buildProgress } from '../../views/progress';
import { buildReply } from '../../views/reply';
import { buildRequestCard } from '../../views/requestCard';
import { buildWatchCard, buildWatchReply } from '../../views/watch';
import type { CardPlace, ChannelProblem } from '../domain/channel/announcement';
import type { JobPage } from '../domain/channel/home';
import type { ReplyContext } from '../domain/channel/reply';
import type { ConsoleSite } from '../domain/errors/consolePage';
import { withRoughLag } from '../domain/job/followed';
import type { RequestEvent } from '../domain/request/requestEvent';
import { type Announced, isWatch } from '../domain/request/watch';
import type { Messages } from '../i18n/locales';
import type { Board } from '../ports/board';
import { findInChannel, findInThread, type MarkedMessage, metadataOf, type Poster } from './marks';
import { entryFor, platformError } from './platformError';
import { postWords } from './postWords';

export interface BoardContext extends Poster {
  messages: Messages;
  /** The account's console. */
  site: ConsoleSite;
  /** Ends with a slash. Without it, cards are not linked. */
  workspaceUrl: string | undefined;
}

/** Cards and replies in Slack channels. */
export function createBoard(context: BoardContext): Board {
  return {
    digest: (request) => cardDigest(context, request),
    postCard: (request) => postCard(context, request),
    findCard: (request) => findCard(context, request),
    updateCard: (request, card) => updateCard(context, request, card),
    isTold: (request, event) => isTold(context, request, event),
    reply: (card, request, event, about) => reply(context, card, request, event, about),
    closeReply: (card, request, event) => closeReply(context, card, request, event),
    hasReply: (card, request, event) => hasReply(context, card, request, event),
    progressDigest: (request) => digestOf(buildProgress(context.messages, request)),
    postProgress: (card, request) => postProgress(context, card, request),
    findProgress: async (card, request) =>
      (await findInThread(context, card, progressMark(request)))?.ts,
    updateProgress: (card, ts, request) => updateProgress(context, card, ts, request),
    postDigest: (channel, jobs, cards) => postDigest(context, channel, jobs, cards),
    hasDigest: (channel, since) => hasDigest(context, channel, since),
    channelProblem: (error) => entryFor(channelProblems, error),
    isCardGone: (error) =>
      error instanceof OutsideThread || platformError(error) === 'thread_not_found',
  };
}

const posted = z.object({ channel: z.string(), ts: z.string() });
const inThread = posted.extend({
  message: z.object({ thread_ts: z.string().optional() }).optional(),
});

/** Slack posted a reply in the channel, because the card of its thread was deleted. */
class OutsideThread extends Error {}

/** False only if Slack says so. */
async function hasThread(client: WebClient, { channel, ts }: CardPlace): Promise<boolean> {
  try {
    await client.conversations.replies({ channel, ts, limit: 1 });
    return true;
  } catch (error) {
    return platformError(error) !== 'thread_not_found';
  }
}

/** Posts a reply in the thread of a card. Resolves to its timestamp. */
async function postInThread(
  { client }: BoardContext,
  card: CardPlace,
  content: Message | Pick<Message, 'text'>,
  metadata: MessageMetadata,
  isLoud = false,
): Promise<string> {
  const address = { channel: card.channel, thread_ts: card.ts, unfurl_links: false, metadata };
  const { channel, message, ts } = inThread.parse(
    await client.chat.postMessage(
      isLoud ? { ...address, reply_broadcast: true, ...content } : { ...address, ...content },
    ),
  );
  if (message === undefined || message.thread_ts !== undefined) return ts;
  // A response that doesn't name the thread proves nothing, and a second card would be worse.
  if (await hasThread(client, card)) return ts;
  await client.chat.delete({ channel, ts });
  throw new OutsideThread('the card was deleted');
}

const cardMark = (request: Announced) => metadataOf('ferry_card', request);
const replyMark = (request: Announced, event: RequestEvent) =>
  metadataOf('ferry_reply', request, event);
const progressMark = (request: Announced) => metadataOf('ferry_progress', request);
const digestMark: MessageMetadata = { event_type: 'ferry_digest', event_payload: {} };

function cardDigest({ messages, site }: BoardContext, request: Announced): string {
  const job = request.job && withRoughLag(request.job);
  return digestOf(buildCard(messages, { ...request, job }, site)) ?? '';
}

const buildCard = (messages: Messages, announced: Announced, site: ConsoleSite): Message =>
  isWatch(announced)
    ? buildWatchCard(messages, announced, site)
    : buildRequestCard(messages, announced, site);

function replyTo(
  { messages, site, workspaceUrl }: BoardContext,
  announced: Announced,
  event: RequestEvent,
  about: ReplyContext = {},
): Message | undefined {
  if (isWatch(announced)) return buildWatchReply(messages, announced, event, about);
  const links = { ...about, cardUrl: linksTo(about.cards, workspaceUrl) };
  return buildReply(messages, announced, event, site, links);
}

const linksTo =
  (cards: ReadonlyMap<number, CardPlace> | undefined, workspaceUrl: string | undefined) =>
  (requestId: number): string | undefined =>
    cardUrl(workspaceUrl, cards?.get(requestId));

const digestOf = (message: Message | undefined): string | undefined =>
  message && createHash('sha256').update(JSON.stringify(message)).digest('base64url').slice(0, 22);

async function postProgress(
  context: BoardContext,
  card: CardPlace,
  request: Announced,
): Promise<string> {
  const message = buildProgress(context.messages, request);
  if (message === undefined) throw new Error('the job has no progress');
  return postInThread(context, card, message, progressMark(request));
}

async function updateProgress(
  { client, messages }: BoardContext,
  { channel }: CardPlace,
  ts: string,
  request: Announced,
): Promise<'updated' | 'gone'> {
  const message = buildProgress(messages, request);
  if (message === undefined) return 'updated';
  try {
    await client.chat.update({ channel, ts, ...message });
    return 'updated';
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

async function postDigest(
  { client, messages, workspaceUrl }: BoardContext,
  channel: string,
  jobs: JobPage,
  cards: ReadonlyMap<number, CardPlace>,
): Promise<void> {
  await client.chat.postMessage({
    channel,
    unfurl_links: false,
    metadata: digestMark,
    ...buildDigest(messages, jobs, linksTo(cards, workspaceUrl)),
  });
}

async function hasDigest(context: BoardContext, channel: string, since: Date): Promise<boolean> {
  return (await findInChannel(context, channel, since, digestMark)) !== undefined;
}

async function postCard(context: BoardContext, request: Announced): Promise<CardPlace> {
  const { client, messages, site } = context;
  const { channel, ts } = posted.parse(
    await client.chat.postMessage({
      channel: request.channel,
      unfurl_links: false,
      metadata: cardMark(request),
      ...buildCard(messages, request, site),
    }),
  );
  return { channel, ts, digest: cardDigest(context, request) };
}

/** Searches the channel's messages since the request was made. */
async function findCard(context: BoardContext, request: Announced): Promise<CardPlace | undefined> {
  const { channel, askedAt } = request;
  const found = await findInChannel(context, channel, askedAt, cardMark(request));
  // The content is unknown. An empty digest makes Ferry redraw it.
  return found === undefined ? undefined : { channel, ts: found.ts, digest: '' };
}

async function updateCard(
  context: BoardContext,
  request: Announced,
  { channel, ts }: CardPlace,
): Promise<CardPlace | 'gone'> {
  const { client, messages, site } = context;
  try {
    await client.chat.update({ channel, ts, ...buildCard(messages, request, site) });
    return { channel, ts, digest: cardDigest(context, request) };
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

function isTold(context: BoardContext, request: Announced, event: RequestEvent): boolean {
  return replyTo(context, request, event) !== undefined;
}

async function reply(
  context: BoardContext,
  card: CardPlace,
  request: Announced,
  event: RequestEvent,
  about: ReplyContext,
): Promise<void> {
  const message = replyTo(context, request, event, about);
  if (message === undefined) return;
  const metadata = replyMark(request, event);
  // An emergency is shown to the whole channel.
  const isLoud = event.payload.type === 'break_glass';
  await postWords(message, (content) => postInThread(context, card, content, metadata, isLoud));
}

/** The rest stays as it was posted, because the request may have other values by now. */
async function closeReply(
  context: BoardContext,
  card: CardPlace,
  request: Announced,
  event: RequestEvent,
): Promise<void> {
  const reply = await findReply(context, card, request, event);
  if (reply === undefined) return;
  const { text, ts } = reply;
  const blocks = reply.blocks.filter(({ type }) => type !== 'actions');
  if (blocks.length === reply.blocks.length) return;
  try {
    await context.client.chat.update({ channel: card.channel, ts, text, blocks });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

const hasReply = async (
  context: BoardContext,
  card: CardPlace,
  request: Announced,
  event: RequestEvent,
): Promise<boolean> => (await findReply(context, card, request, event)) !== undefined;

const findReply = (
  context: BoardContext,
  card: CardPlace,
  request: Announced,
  event: RequestEvent,
): Promise<MarkedMessage | undefined> => findInThread(context, card, replyMark(request, event));

const channelProblems: Readonly<Record<string, ChannelProblem>> = {
  is_archived: 'archived',
  // For an update, this means that the channel is archived or the bot has left it.
  is_inactive: 'archived',
  not_in_channel: 'not_joined',
  channel_not_found: 'unknown',
  restricted_action: 'restricted',
  restricted_action_read_only_channel: 'restricted',
  restricted_action_thread_only_channel: 'restricted',
  restricted_action_non_threadable_channel: 'restricted',
  restricted_action_thread_locked: 'restricted',
};

/**
 * Slack never updates this message again: it was deleted, another bot user posted it (before the app
 * was installed again), or the workspace limits for how long messages may be edited.
 */
const neverUpdated = ['message_not_found', 'cant_update_message', 'edit_window_closed'];

function isGone(error: unknown): boolean {
  return neverUpdated.some((name) => name === platformError(error));
}

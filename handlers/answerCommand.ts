import type { webApi } from '@slack/bolt';
import { findCode } from '../src/domain/errors/findCode';
import type { MigrationRequest } from '../src/domain/request/request';
import type { Command } from '../src/domain/text/command';
import { buildAnswer, buildList, buildRules, buildShown } from '../views/answers';
import { buildExplained } from '../views/explanation';
import type { Message } from '../views/requestCard';
import type { HandlerContext } from './context';
import type { CommandArgs } from './listener';

/** `/migrate list` */
export function answerList(context: HandlerContext, asked: CommandArgs): Promise<void> {
  return answerLater(context, asked, async () =>
    buildList(context.messages, await context.overview()),
  );
}

/** `/migrate show 42` */
export function answerShow(
  context: HandlerContext,
  asked: CommandArgs,
  requestId: number,
): Promise<void> {
  const { messages } = context;
  return answerLater(context, asked, async () => {
    const found = await context.find(requestId);
    if (!found.ok) return buildAnswer(messages.refusal(found.refusal));
    const { request } = found;
    return buildShown(messages, request, await linkTo(context, asked.client, request));
  });
}

/** `/migrate policy` */
export function answerPolicy(context: HandlerContext, asked: CommandArgs): Promise<void> {
  const { command, channel_id: channelId } = asked.command;
  return answerLater(context, asked, async () =>
    buildRules(context.messages, context.policy(), { command, channelId }),
  );
}

/** `/migrate explain InvalidParameter`, and `/migrate explain InvalidParameter 42` */
export function answerExplain(
  context: HandlerContext,
  asked: CommandArgs,
  { code, requestId }: Extract<Command, { kind: 'explain' }>,
): Promise<void> {
  const { messages, site } = context;
  return answerLater(context, asked, async () => {
    const found = findCode(code);
    if (found.kind === 'near')
      return buildAnswer(messages.explanations.asked.near(code, found.keys));
    const about = requestId === undefined ? undefined : await context.find(requestId);
    if (about?.ok === false) return buildAnswer(messages.refusal(about.refusal));
    const request = about?.request;
    const typed = found.kind === 'new' ? { typed: code } : {};
    return buildExplained(messages, { key: found.key, ...typed, request }, site);
  });
}

/** Acknowledges at once, and replies to the person alone when the answer is ready. */
async function answerLater(
  { log, messages }: HandlerContext,
  { ack, command, respond }: CommandArgs,
  find: () => Promise<Message>,
): Promise<void> {
  await ack();
  const { text: asked, user_id: user } = command;
  const message = await find().catch((error: unknown) => {
    log.error('a command could not be answered', { asked: asked.slice(0, 40), user, error });
    return buildAnswer(messages.command.unavailable);
  });
  const send = () => respond({ response_type: 'ephemeral', ...message });
  await send()
    .catch(send)
    .catch((error: unknown) => {
      log.error('an answer could not be delivered', { user, error });
    });
}

/** A link to the card, or the name of its channel if Slack returns no link. */
async function linkTo(
  { cardOf, log }: HandlerContext,
  client: webApi.WebClient,
  request: MigrationRequest,
): Promise<string | undefined> {
  const card = await cardOf(request);
  if (card === undefined) return undefined;
  const { channel, ts } = card;
  try {
    return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
  } catch (error) {
    log.warn('Slack gave no link to a card', { request: request.id, error });
    return undefined;
  }
}

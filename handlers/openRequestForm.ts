import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  webApi,
} from '@slack/bolt';
import { readCommand } from '../src/domain/command';
import { nearest } from '../src/domain/nearest';
import { say, type Text } from '../src/i18n/text';
import { mrkdwn } from '../views/mrkdwn';
import { buildNoticeView } from '../views/noticeView';
import { readButtonValue } from '../views/requestCard';
import { buildRequestForm } from '../views/requestForm';
import type { HandlerContext } from './context';
import { openModal } from './openModal';
import { refillForm } from './refillForm';

/** A new form, filled only with the choices that have a harmless answer. */
function newForm({ messages, offer, region }: HandlerContext) {
  return buildRequestForm(messages, { values: { 'DstInfo.Region': region }, offer });
}

interface Where {
  triggerId: string;
  userId: string;
  channelId?: string;
}

interface Opening {
  ack: () => Promise<void>;
  client: webApi.WebClient;
}

/** `/migrate`, with a word after it or none. */
export function openFormOnCommand(context: HandlerContext) {
  return async ({ ack, command, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    const { trigger_id: triggerId, user_id: userId, channel_id: channelId } = command;
    const where = { triggerId, userId, channelId };
    const words = context.messages.command;
    const answer = (text: Text) => ack(mrkdwn(text));
    const read = readCommand(command.text);
    switch (read.kind) {
      case 'new':
        if (read.preset !== undefined) {
          return openPreset(context, { ack, client }, where, read.preset, answer);
        }
        await openModal(context, { ack, client }, where, newForm(context));
        return;
      case 'clone':
        return openClone(context, { ack, client }, where, read.requestId);
      case 'help':
        return answer(words.help(command.command, namesOf(context)));
      case 'number_missing':
        return answer(words.numberMissing(command.command, read.word));
      case 'unknown':
        return answer(words.unknown(command.command, read.word, read.meant));
      default:
        return read satisfies never;
    }
  };
}

async function openPreset(
  context: HandlerContext,
  opening: Opening,
  where: Where,
  name: string,
  answer: (text: Text) => Promise<void>,
): Promise<void> {
  const { messages, offer, presets, region } = context;
  const preset = presets.find((each) => each.name === name);
  if (preset === undefined) {
    const names = namesOf(context);
    return answer(messages.command.noPreset(name.slice(0, 60), nearest(name, names), names));
  }
  const view = buildRequestForm(messages, {
    values: { 'DstInfo.Region': region, ...preset.values },
    offer,
    notices: [messages.form.filledFromPreset(name)],
  });
  await openModal(context, opening, where, view);
}

const namesOf = ({ presets }: HandlerContext): string[] => presets.map(({ name }) => name);

/** The trigger does not wait for the store: the form follows in a modal that is open already. */
async function openClone(
  context: HandlerContext,
  { ack, client }: Opening,
  where: Where,
  requestId: number,
): Promise<void> {
  const { messages } = context;
  const waiting = buildNoticeView(messages, say`${messages.form.opening}`);
  const viewId = await openModal(context, { ack, client }, where, waiting);
  if (viewId === undefined) return;
  await refillForm(context, client, { viewId, userId: where.userId, requestId });
}

/** The global shortcut. */
export function openFormOnShortcut(context: HandlerContext) {
  return async ({ ack, shortcut, client }: SlackShortcutMiddlewareArgs & AllMiddlewareArgs) => {
    const where = { triggerId: shortcut.trigger_id, userId: shortcut.user.id };
    await openModal(context, { ack, client }, where, newForm(context));
  };
}

/** The button of the Home tab. */
export function openFormOnButton(context: HandlerContext) {
  return async ({
    ack,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    const where = { triggerId: body.trigger_id, userId: body.user.id };
    await openModal(context, { ack, client }, where, newForm(context));
  };
}

/** The button of a card that fills a new form with its request. */
export function cloneOnButton(context: HandlerContext) {
  return async ({
    ack,
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    const subject = readButtonValue(action.value);
    if (subject === undefined) return ack();
    const where = {
      triggerId: body.trigger_id,
      userId: body.user.id,
      ...(body.channel === undefined ? {} : { channelId: body.channel.id }),
    };
    return openClone(context, { ack, client }, where, subject.requestId);
  };
}

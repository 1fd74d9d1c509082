import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { mrkdwn } from '../views/mrkdwn';
import { buildRequestForm } from '../views/requestForm';
import type { HandlerContext } from './context';
import { openModal } from './openModal';

/** A new form, with the choices made that have only one answer yet, or a harmless one. */
function newForm({ messages, region }: HandlerContext): ModalView {
  return buildRequestForm(messages, {
    SrcDatabaseType: 'mysql',
    SrcAccessType: 'extranet',
    'SrcInfo.Supplier': 'others',
    DstDatabaseType: 'mysql',
    'DstInfo.Region': region,
    'MigrateOption.MigrateObject': '1',
    'MigrateOption.ConsistencyType': '1',
    'MigrateOption.IsOverrideRoot': '0',
    'MigrateOption.RunMode': '1',
  });
}

/** `/migrate` */
export function openFormOnCommand(context: HandlerContext) {
  return async ({ ack, command, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    if (command.text.trim() !== '') {
      await ack(mrkdwn(context.messages.command.help(command.command)));
      return;
    }
    const { trigger_id: triggerId, user_id: userId, channel_id: channelId } = command;
    const where = { triggerId, userId, channelId };
    await openModal(context, { ack, client }, where, newForm(context));
  };
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

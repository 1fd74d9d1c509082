import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  webApi,
} from '@slack/bolt';
import { mrkdwn } from '../views/mrkdwn';
import { buildRequestForm } from '../views/requestForm';
import type { HandlerContext } from './context';

/** What a new form holds: the choices that have only one answer yet, or a harmless one. */
function firstValues(region: string) {
  return {
    SrcDatabaseType: 'mysql',
    SrcAccessType: 'extranet',
    'SrcInfo.Supplier': 'others',
    DstDatabaseType: 'mysql',
    'DstInfo.Region': region,
    'MigrateOption.MigrateObject': '1',
    'MigrateOption.ConsistencyType': '1',
    'MigrateOption.IsOverrideRoot': '0',
    'MigrateOption.RunMode': '1',
  };
}

/** The trigger lives for three seconds, so nothing is asked of anybody before the form is open. */
async function open(
  { messages, region }: HandlerContext,
  client: webApi.WebClient,
  triggerId: string,
): Promise<void> {
  const view = buildRequestForm(messages, firstValues(region));
  await client.views.open({ trigger_id: triggerId, view });
}

/** `/migrate` */
export function openFormOnCommand(context: HandlerContext) {
  return async ({ ack, command, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    if (command.text.trim() !== '') {
      await ack(mrkdwn(context.messages.command.help(command.command)));
      return;
    }
    const acknowledged = ack();
    await open(context, client, command.trigger_id);
    await acknowledged;
  };
}

/** The global shortcut. */
export function openFormOnShortcut(context: HandlerContext) {
  return async ({ ack, shortcut, client }: SlackShortcutMiddlewareArgs & AllMiddlewareArgs) => {
    const acknowledged = ack();
    await open(context, client, shortcut.trigger_id);
    await acknowledged;
  };
}

/** The button of the Home tab. */
export function openFormOnButton(context: HandlerContext) {
  return async ({
    ack,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    const acknowledged = ack();
    await open(context, client, body.trigger_id);
    await acknowledged;
  };
}

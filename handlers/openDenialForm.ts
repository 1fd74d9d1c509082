import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import { buildDenialForm } from '../views/denialForm';
import { readButtonValue } from '../views/requestCard';
import type { HandlerContext } from './context';
import { openModal } from './openModal';

/**
 * Deny on a card: asks for the reason. Whether the person may deny is judged when they send it; the
 * trigger does not live long enough to ask Slack first.
 */
export function openDenialForm(context: HandlerContext) {
  return async ({
    ack,
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    const { value } = action;
    if (value === undefined || readButtonValue(value) === undefined) {
      await ack();
      return;
    }
    const where = {
      triggerId: body.trigger_id,
      userId: body.user.id,
      ...(body.channel === undefined ? {} : { channelId: body.channel.id }),
    };
    await openModal(context, { ack, client }, where, buildDenialForm(context.messages, value));
  };
}

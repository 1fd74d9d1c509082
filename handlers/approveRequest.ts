import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import { readButtonValue } from '../views/requestCard';
import { carryOut } from './carryOut';
import type { HandlerContext } from './context';

/** Approve on a card. */
export function approveRequest(context: HandlerContext) {
  return async ({
    ack,
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    await ack();
    const subject = readButtonValue(action.value);
    if (subject === undefined) return;
    const userId = body.user.id;
    const channelId = body.channel?.id ?? context.policy.channel;
    await carryOut(context, client, { type: 'approve', ...subject, userId }, channelId);
  };
}

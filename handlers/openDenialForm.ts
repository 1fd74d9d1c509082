import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import { buildDenialForm } from '../views/denialForm';
import { readButtonValue } from '../views/requestCard';
import type { HandlerContext } from './context';

/**
 * Deny on a card: asks for the reason. Whether the person may deny is judged when they send it; the
 * trigger does not live long enough to ask Slack first.
 */
export function openDenialForm({ messages }: HandlerContext) {
  return async ({
    ack,
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    const acknowledged = ack();
    if (action.value !== undefined && readButtonValue(action.value) !== undefined) {
      const view = buildDenialForm(messages, action.value);
      await client.views.open({ trigger_id: body.trigger_id, view });
    }
    await acknowledged;
  };
}

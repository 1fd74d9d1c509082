import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { denialReason } from '../views/denialForm';
import { readButtonValue } from '../views/requestCard';
import { carryOut } from './carryOut';
import type { HandlerContext } from './context';

/** The reason of a denial, sent. */
export function submitDenial(context: HandlerContext) {
  return async ({
    ack,
    body,
    view,
    client,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const { block, action } = denialReason;
    const reason = view.state.values[block]?.[action]?.value?.trim() ?? '';
    if (reason === '') {
      const errors = { [block]: context.messages.denial.missing };
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const subject = readButtonValue(view.private_metadata);
    if (subject === undefined) return;
    const userId = body.user.id;
    const { channel } = context.policy;
    await carryOut(context, client, { type: 'deny', ...subject, userId, reason }, channel);
  };
}

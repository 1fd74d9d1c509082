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
    const { block, action: input } = denialReason;
    const reason = view.state.values[block]?.[input]?.value?.trim() ?? '';
    if (reason === '') {
      const errors = { [block]: context.messages.denial.missing };
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const subject = readButtonValue(view.private_metadata);
    if (subject === undefined) return;
    const { requestId, revision } = subject;
    const action = {
      requestId,
      userId: body.user.id,
      intent: { type: 'deny', revision, reason },
    } as const;
    await carryOut(context, client, action, context.policy.channel);
  };
}

import type { Intent } from '../src/domain/request/decide';
import { buildDecisionForm, type DecisionName, readDecisionForm } from '../views/decisionForm';
import { readButtonValue } from '../views/requestCard';
import type { ActingContext, HandlerContext } from './context';
import type { ButtonArgs, Listener, SubmissionArgs } from './listener';
import { openModal } from './openModal';
import { performAction } from './performAction';

/**
 * A button of a card that needs more than a click: asks for it. Whether the person may decide is
 * judged when they send it; the trigger does not live long enough to ask Slack first.
 */
export function openDecisionForm(
  context: HandlerContext,
  decision: DecisionName,
): Listener<ButtonArgs> {
  return async ({ ack, action, body, client }) => {
    const { value: subject } = action;
    if (subject === undefined || readButtonValue(subject) === undefined) {
      await ack();
      return;
    }
    const at = body.channel === undefined ? {} : { channel: body.channel.id };
    const view = buildDecisionForm(context.messages, decision, { subject, ...at });
    const where = {
      triggerId: body.trigger_id,
      userId: body.user.id,
      ...(body.channel === undefined ? {} : { channelId: body.channel.id }),
    };
    await openModal(context, { ack, client }, where, view);
  };
}

/** Such a form, sent. */
export function submitDecision(
  context: ActingContext,
  decision: DecisionName,
): Listener<SubmissionArgs> {
  return async ({ ack, body, view, client }) => {
    const read = readDecisionForm(context.messages, decision, view);
    if (read?.ok === false) {
      await ack({ response_action: 'errors', errors: read.errors });
      return;
    }
    await ack();
    if (read === undefined) return;
    const { requestId, revision, words, destination, channel } = read;
    const typed = destination === undefined ? {} : { destination };
    const meaning = (): Intent => {
      switch (decision) {
        case 'approve':
          return { type: 'approve', revision, comment: words, ...typed };
        case 'break_glass':
          return { type: 'break_glass', revision, reason: words, ...typed };
        case 'deny':
          return { type: 'deny', revision, reason: words };
        default:
          return decision satisfies never;
      }
    };
    const action = { requestId, userId: body.user.id, intent: meaning() };
    await performAction(context, client, action, channel);
  };
}

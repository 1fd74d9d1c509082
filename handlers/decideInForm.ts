import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { buildDecisionForm, type DecisionName } from '../views/decisionForm';
import { factsOf } from '../views/glance';
import type { IntentRead, SubmittedView } from '../views/intentForm';
import type { ActingContext, HandlerContext } from './context';
import type { ButtonArgs, Listener, SubmissionArgs } from './listener';
import { openByButton } from './openByButton';
import { performAction } from './performAction';
import { requestInTime } from './requestInTime';

/**
 * Opens the form for a decision that needs more than a click. Ferry checks the person at the
 * submission, except for an emergency approval: only people who may use it see its form.
 */
export function openDecisionForm(
  context: HandlerContext,
  decision: DecisionName,
): Listener<ButtonArgs> {
  return openByButton(context, async (requestId, place) => {
    const words = decision === 'break_glass' ? await refusalWords(context, requestId) : undefined;
    if (words !== undefined) return { ok: false, words };
    const facts = await factsAbout(context, requestId);
    return { ok: true, view: buildDecisionForm(context.messages, decision, place, facts) };
  });
}

async function refusalWords(
  { log, messages, refusalBefore }: HandlerContext,
  requestId: number,
): Promise<Text | undefined> {
  try {
    const refusal = await refusalBefore(requestId, 'break_glass');
    return refusal === undefined ? undefined : messages.refusal(refusal);
  } catch (error) {
    log.error('an emergency approval could not be checked', { request: requestId, error });
    return messages.trouble.action;
  }
}

/** The facts about the request; empty if they can't be read in time. */
async function factsAbout(context: HandlerContext, requestId: number): Promise<Text[]> {
  const found = await requestInTime(context, requestId);
  return found?.ok === true ? factsOf(context.messages, found.request, context.site) : [];
}

/** Handles the submitted form of a button. */
export function submitIntent(
  context: ActingContext,
  read: (messages: Messages, view: SubmittedView) => IntentRead | undefined,
): Listener<SubmissionArgs> {
  return async ({ ack, body, view, client }) => {
    const result = read(context.messages, view);
    if (result?.ok === false) {
      await ack({ response_action: 'errors', errors: result.errors });
      return;
    }
    await ack();
    if (result === undefined) return;
    const { channel, intent, requestId } = result;
    const action = { requestId, userId: body.user.id, intent };
    await performAction(context, client, action, { channelId: channel });
  };
}

import type { Shown } from '../src/domain/request/shown';
import type { Messages } from '../src/i18n/locales';
import { buildDecisionForm, type DecisionName } from '../views/decisionForm';
import { factsOf } from '../views/glance';
import type { IntentRead, SubmittedView } from '../views/intentForm';
import type { ActingContext, HandlerContext } from './context';
import type { ButtonArgs, Listener, SubmissionArgs } from './listener';
import { type FormOrWords, openByButton, refusalWords } from './openByButton';
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
  return openByButton(context, async (requestId, place, shown) => {
    const refused =
      decision === 'break_glass' ? await refusalOfEmergency(context, requestId, shown) : undefined;
    if (refused !== undefined) return refused;
    const found = await requestInTime(context, requestId, shown);
    if (found?.ok === false && found.refusal.code === 'other_database') {
      return { ok: false, words: context.messages.refusal(found.refusal) };
    }
    // The facts are left out if they can't be read in time.
    const facts = found?.ok === true ? factsOf(context.messages, found.request, context.site) : [];
    return { ok: true, view: buildDecisionForm(context.messages, decision, place, facts) };
  });
}

async function refusalOfEmergency(
  { log, messages, refusalBefore }: HandlerContext,
  requestId: number,
  shown: Shown,
): Promise<Extract<FormOrWords, { ok: false }> | undefined> {
  try {
    const refusal = await refusalBefore(requestId, 'break_glass', shown);
    return refusal && { ok: false, words: refusalWords(messages, refusal) };
  } catch (error) {
    log.error('an emergency approval could not be checked', { request: requestId, error });
    return { ok: false, words: messages.trouble.action };
  }
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
    const { channel, intent, requestId, shown } = result;
    const action = { requestId, userId: body.user.id, intent, shown };
    await performAction(context, client, action, { channelId: channel });
  };
}

import type { webApi } from '@slack/bolt';
import type { Intent } from '../src/domain/request/intent';
import type { Messages } from '../src/i18n/locales';
import { join, quote, say, type Text } from '../src/i18n/text';
import type { ActingContext, PersonsAction } from './context';
import { type Place, sendEphemeral } from './sendEphemeral';

/**
 * Carries out an action. Refusals and failures go to the person alone, where the button was
 * pressed. A copy of a handled action gets no reply, because the person already got one, and the
 * card shows the rest.
 */
export async function performAction(
  context: ActingContext,
  client: webApi.WebClient,
  action: PersonsAction,
  place: Place,
): Promise<void> {
  const { messages, log } = context;
  const { intent } = action;
  const recipient = { userId: action.userId, ...place };
  try {
    const result = await context.act(action);
    if (!result.ok && result.refusal.code === 'handled_already') return;
    const hint = result.hasEmergency === true ? [messages.decision.emergencyHint] : [];
    const refused = result.ok
      ? []
      : [withReason(messages, intent, messages.refusal(result.refusal))];
    const told = [...refused, ...hint];
    if (told.length > 0) await sendEphemeral(client, context, recipient, join(told, '\n'));
  } catch (error) {
    const { requestId: request, userId: user } = action;
    log.error('an action could not be carried out', { request, action: intent.type, user, error });
    const words = withReason(messages, intent, messages.trouble.action);
    await sendEphemeral(client, context, recipient, words);
  }
}

/** Returns the typed text, so that the person needn't type it again. */
function withReason(messages: Messages, intent: Intent, words: Text): Text {
  const typed =
    intent.type === 'deny' || intent.type === 'break_glass' || intent.type === 'skip_check'
      ? intent.reason
      : intent.type === 'approve'
        ? (intent.comment ?? '')
        : '';
  return typed === '' ? words : say`${words}\n${messages.decision.typed(quote(typed))}`;
}

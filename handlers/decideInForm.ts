import type { Intent } from '../src/domain/request/intent';
import type { Text } from '../src/i18n/text';
import { buildDecisionForm, type DecisionName, readDecisionForm } from '../views/decisionForm';
import { factsOf } from '../views/glance';
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
  { log, messages, refusalOfForm }: HandlerContext,
  requestId: number,
): Promise<Text | undefined> {
  try {
    const refusal = await refusalOfForm(requestId, 'break_glass');
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

/** Handles the submitted form of a decision. */
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
    const { requestId, revision, words, destination, channel, operation } = read;
    const typed = destination === undefined ? {} : { destination };
    const meaning = (): Intent => {
      switch (decision) {
        case 'approve':
          return { type: 'approve', revision, comment: words, ...typed };
        case 'break_glass':
          return { type: 'break_glass', revision, reason: words, ...typed };
        case 'deny':
          return {
            ...{ type: 'deny', revision, reason: words },
            ...(operation === undefined ? {} : { operation }),
          };
        case 'resume_job':
          return { type: 'resume_job', revision, option: read.option, ...typed };
        default:
          return decision satisfies never;
      }
    };
    const action = { requestId, userId: body.user.id, intent: meaning() };
    await performAction(context, client, action, { channelId: channel });
  };
}

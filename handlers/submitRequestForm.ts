import type {
  AllMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
  webApi,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type FormValues, parseForm } from '../src/domain/migration';
import { channel, say, type Text } from '../src/i18n/text';
import type { Submission } from '../src/workflow/submit';
import { buildNoticeView } from '../views/noticeView';
import { buildFormErrors, buildRequestForm, readRequestForm } from '../views/requestForm';
import type { HandlerContext } from './context';
import { tellAlone } from './tellAlone';

/**
 * Answers mistakes on their fields; a form without any is acknowledged before it is stored, and
 * the modal then says how that went, or gives the form back.
 */
export function submitRequestForm(context: HandlerContext) {
  return async ({
    ack,
    body,
    view,
    client,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const { messages } = context;
    const values = readRequestForm(view.state);
    const parsed = parseForm(values);
    if (!parsed.ok) {
      await ack({
        response_action: 'errors',
        errors: buildFormErrors(messages, parsed.problems),
      });
      return;
    }
    const sending = buildNoticeView(messages, say`${messages.sent.sending}`);
    await ack({ response_action: 'update', view: sending });

    const userId = body.user.id;
    const { draft } = parsed;
    const keepsName = view.private_metadata === draft.parameters.JobName;
    // Slack gives a view another hash with each change that the app makes of it.
    const sent = { form: view.id, showing: view.hash };
    const outcome = await store(context, { ...sent, userId, draft, keepsName });
    await show(context, client, { viewId: view.id, userId }, outcome, values);
  };
}

/** Words for a form that was taken or refused, or why it is given back to be sent again. */
type Outcome =
  | { kind: 'told'; words: Text }
  | { kind: 'given_back'; notice: string; nameToKeep?: string };

async function store(context: HandlerContext, submission: Submission): Promise<Outcome> {
  const { messages, log } = context;
  try {
    const result = await context.submit(submission);
    switch (result.kind) {
      case 'stored': {
        const { id, channel: channelId, requiredApprovals } = result.request;
        const words = messages.sent.done(id, channel(channelId), requiredApprovals);
        return { kind: 'told', words };
      }
      case 'name_taken':
        return {
          kind: 'given_back',
          notice: messages.form.nameTaken(result.by),
          nameToKeep: submission.draft.parameters.JobName,
        };
      case 'refused':
        return result.refusal.code === 'person_unknown'
          ? { kind: 'given_back', notice: messages.form.personUnknown }
          : { kind: 'told', words: messages.refusal(result.refusal) };
      default:
        return result satisfies never;
    }
  } catch (error) {
    log.error('a request could not be stored', { user: submission.userId, error });
    return { kind: 'given_back', notice: messages.form.notStored };
  }
}

/** Shows the outcome in the modal; to somebody who has closed it, as a direct message. */
async function show(
  context: HandlerContext,
  client: webApi.WebClient,
  { viewId, userId }: { viewId: string; userId: string },
  outcome: Outcome,
  values: FormValues,
): Promise<void> {
  const { messages, log } = context;
  const update = (view: ModalView) => client.views.update({ view_id: viewId, view });
  const view =
    outcome.kind === 'told'
      ? buildNoticeView(messages, outcome.words)
      : buildRequestForm(messages, withoutPassword(values), outcome);
  try {
    await update(view).catch(() => update(view));
  } catch (error) {
    log.warn('a form could not be answered in place', { user: userId, error });
    const words = outcome.kind === 'told' ? outcome.words : say`${messages.sent.lost}`;
    await tellAlone(client, context, { userId, channelId: undefined }, words);
  }
}

function withoutPassword({ 'SrcInfo.Password': _, ...typed }: FormValues): FormValues {
  return typed;
}

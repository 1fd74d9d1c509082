import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { parseForm } from '../src/domain/migration';
import { channel, say } from '../src/i18n/text';
import type { Submission } from '../src/workflow/submit';
import { buildNoticeView } from '../views/noticeView';
import { buildFormErrors, buildRequestForm, readRequestForm } from '../views/requestForm';
import type { HandlerContext } from './context';

/**
 * Answers mistakes on their fields; a form without any is acknowledged before it is stored, and
 * the modal then says how that went.
 */
export function submitRequestForm(context: HandlerContext) {
  return async ({
    ack,
    body,
    view,
    client,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const { messages, log } = context;
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

    const submission = { origin: view.id, userId: body.user.id, draft: parsed.draft };
    const outcome = await submitted(context, submission).catch((error: unknown) => {
      log.error('a request could not be stored', { user: body.user.id, error });
      const { 'SrcInfo.Password': _password, ...typed } = values;
      return buildRequestForm(messages, typed, messages.form.notStored);
    });
    await client.views.update({ view_id: view.id, view: outcome });
  };
}

async function submitted(context: HandlerContext, submission: Submission): Promise<ModalView> {
  const { messages } = context;
  const result = await context.submit(submission);
  if (!result.ok) return buildNoticeView(messages, messages.refusal(result.refusal));
  const { id, channel: channelId, requiredApprovals } = result.request;
  return buildNoticeView(messages, messages.sent.done(id, channel(channelId), requiredApprovals));
}

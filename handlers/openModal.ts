import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { HandlerContext } from './context';
import { isSlackError } from './isSlackError';
import { type Place, sendEphemeral } from './sendEphemeral';

/**
 * Opens a modal. The trigger expires after three seconds. If Slack doesn't open the modal, the person
 * gets a message.
 *
 * @returns the ID of the open modal
 */
export async function openModal(
  context: Pick<HandlerContext, 'log' | 'messages'>,
  client: webApi.WebClient,
  { triggerId, userId, channelId, threadTs }: Place & { triggerId: string; userId: string },
  view: () => ModalView | Promise<ModalView>,
): Promise<string | undefined> {
  try {
    const answer = await client.views.open({ trigger_id: triggerId, view: await view() });
    return answer.view?.id;
  } catch (error) {
    // This is a copy of the click. The first one has opened the modal.
    if (isSlackError(error, 'exchanged_trigger_id')) return undefined;
    context.log.error('a form could not be opened', { user: userId, error });
    const { expiredForm } = context.messages.trouble;
    await sendEphemeral(client, context, { userId, channelId, threadTs }, expiredForm);
    return undefined;
  }
}

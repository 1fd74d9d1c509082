import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { HandlerContext } from './context';
import { isSlackError } from './isSlackError';
import { type Place, sendEphemeral } from './sendEphemeral';

/**
 * Acknowledges and opens a modal at once, because the trigger expires after three seconds. If Slack
 * doesn't open it, the person gets a message.
 *
 * @param view is called after the acknowledgement was sent
 * @returns the ID of the open modal
 */
export async function openModal(
  context: Pick<HandlerContext, 'log' | 'messages'>,
  { ack, client }: { ack: () => Promise<void>; client: webApi.WebClient },
  { triggerId, userId, channelId, threadTs }: Place & { triggerId: string; userId: string },
  view: () => ModalView | Promise<ModalView>,
): Promise<string | undefined> {
  const acknowledged = ack();
  const opened = open(client, triggerId, view).then(
    (answer) => answer.view?.id,
    async (error: unknown) => {
      // This is a copy of the click. The first one has opened the modal.
      if (isSlackError(error, 'exchanged_trigger_id')) return undefined;
      context.log.error('a form could not be opened', { user: userId, error });
      const { expiredForm } = context.messages.trouble;
      await sendEphemeral(client, context, { userId, channelId, threadTs }, expiredForm);
      return undefined;
    },
  );
  const [, viewId] = await Promise.all([acknowledged, opened]);
  return viewId;
}

const open = async (
  client: webApi.WebClient,
  triggerId: string,
  view: () => ModalView | Promise<ModalView>,
) => client.views.open({ trigger_id: triggerId, view: await view() });

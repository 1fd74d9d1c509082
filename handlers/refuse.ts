import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Refusal } from '../src/domain/request/refusal';
import { mrkdwn } from '../views/mrkdwn';
import { buildNoticeView } from '../views/noticeView';
import { buildNoSuggestions } from '../views/suggestions';
import type { ActingContext } from './context';
import { tellAlone } from './tellAlone';

/** How somebody who may see nothing is answered, for each kind of interaction: alone, and with the reason. */
export type Refuse<Args> = (context: ActingContext, args: Args, refusal: Refusal) => Promise<void>;

export const refuseCommand: Refuse<SlackCommandMiddlewareArgs & AllMiddlewareArgs> = (
  { messages },
  { ack },
  refusal,
) => ack(mrkdwn(messages.refusal(refusal)));

export const refuseShortcut: Refuse<SlackShortcutMiddlewareArgs & AllMiddlewareArgs> = async (
  context,
  { ack, client, shortcut },
  refusal,
) => {
  await ack();
  const listener = { userId: shortcut.user.id, channelId: undefined };
  await tellAlone(client, context, listener, context.messages.refusal(refusal));
};

export const refuseAction = async (
  context: ActingContext,
  {
    ack,
    body,
    client,
  }: Pick<SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs, 'ack' | 'body' | 'client'>,
  refusal: Refusal,
): Promise<void> => {
  await ack();
  const listener = { userId: body.user.id, channelId: body.channel?.id };
  await tellAlone(client, context, listener, context.messages.refusal(refusal));
};

export const refuseOptions: Refuse<
  SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs
> = ({ messages }, { ack }, refusal) =>
  ack({ option_groups: buildNoSuggestions(messages, refusal) });

/** Where Slack did not say who the person is, the form stays as it is, with all that was typed. */
export const refuseSubmission: Refuse<
  SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs
> = ({ messages }, { ack, view }, refusal) => {
  const input = view.blocks.find(({ type }) => type === 'input')?.block_id;
  return refusal.code === 'person_unknown' && input !== undefined
    ? ack({ response_action: 'errors', errors: { [input]: messages.form.sendAgain } })
    : ack({
        response_action: 'update',
        view: buildNoticeView(messages, messages.refusal(refusal)),
      });
};

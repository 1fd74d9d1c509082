import type { Refusal } from '../src/domain/request/refusal';
import { mrkdwn } from '../views/mrkdwn';
import { buildNoticeView } from '../views/noticeView';
import { buildNoSuggestions } from '../views/suggestions';
import type { ActingContext } from './context';
import type {
  ActionArgs,
  CommandArgs,
  OptionsArgs,
  ShortcutArgs,
  SubmissionArgs,
} from './listener';
import { placeOf, sendEphemeral } from './sendEphemeral';

/**
 * Replies to a person who may not see anything, for each kind of interaction. Only that person sees
 * the reason.
 */
export type Refuse<Args> = (context: ActingContext, args: Args, refusal: Refusal) => Promise<void>;

export const refuseCommand: Refuse<CommandArgs> = ({ messages }, { ack }, refusal) =>
  ack(mrkdwn(messages.refusal(refusal)));

export const refuseShortcut: Refuse<ShortcutArgs> = async (
  context,
  { client, shortcut },
  refusal,
) => {
  const recipient = { userId: shortcut.user.id };
  await sendEphemeral(client, context, recipient, context.messages.refusal(refusal));
};

export const refuseAction = async (
  context: ActingContext,
  { body, client }: Pick<ActionArgs, 'body' | 'client'>,
  refusal: Refusal,
): Promise<void> => {
  const recipient = { userId: body.user.id, ...placeOf(body) };
  await sendEphemeral(client, context, recipient, context.messages.refusal(refusal));
};

export const refuseOptions: Refuse<OptionsArgs> = ({ messages }, { ack }, refusal) =>
  ack({ option_groups: buildNoSuggestions(messages, refusal) });

/** If Slack didn't say who the person is, the form stays open with its entries. */
export const refuseSubmission: Refuse<SubmissionArgs> = ({ messages }, { ack, view }, refusal) => {
  const input = view.blocks.find(({ type }) => type === 'input')?.block_id;
  return refusal.code === 'person_unknown' && input !== undefined
    ? ack({ response_action: 'errors', errors: { [input]: messages.form.sendAgain } })
    : ack({
        response_action: 'update',
        view: buildNoticeView(messages, messages.refusal(refusal)),
      });
};

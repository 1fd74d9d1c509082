import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { Intent } from '../src/domain/decide';
import { type ButtonSubject, readButtonValue } from '../views/requestCard';
import { carryOut } from './carryOut';
import type { HandlerContext } from './context';

/** A button of a card that says all there is to say: what it means, by what it stands for. */
export function decideByButton(
  context: HandlerContext,
  meaning: (subject: ButtonSubject) => Intent | undefined,
) {
  return async ({
    ack,
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    await ack();
    const subject = readButtonValue(action.value);
    const intent = subject && meaning(subject);
    if (subject === undefined || intent === undefined) return;
    const { requestId } = subject;
    const channelId = body.channel?.id ?? context.policy.channel;
    await carryOut(context, client, { requestId, userId: body.user.id, intent }, channelId);
  };
}

export const approve = ({ revision }: ButtonSubject): Intent => ({ type: 'approve', revision });

export const lookAgain = ({ revision }: ButtonSubject): Intent => ({
  type: 'look_again',
  revision,
});

export const tryAgain = ({ revision }: ButtonSubject): Intent => ({ type: 'try_again', revision });

export const chooseJob = ({ revision, jobId }: ButtonSubject): Intent | undefined =>
  jobId === undefined ? undefined : { type: 'choose_job', revision, jobId };

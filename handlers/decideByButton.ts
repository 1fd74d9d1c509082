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
import { openDecisionForm } from './decideInForm';

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
    const done = { requestId, userId: body.user.id, intent };
    await carryOut(context, client, done, body.channel?.id);
  };
}

/** Approve: at once, or in a form where the rule has the destination confirmed. */
export function approveOnButton(context: HandlerContext) {
  const atOnce = decideByButton(context, ({ revision }) => ({ type: 'approve', revision }));
  const inForm = openDecisionForm(context, 'approve');
  return async (
    args: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
  ): Promise<void> => {
    const asks = readButtonValue(args.action.value)?.about !== undefined;
    await (asks ? inForm(args) : atOnce(args));
  };
}

export const takeBack = ({ revision }: ButtonSubject): Intent => ({ type: 'take_back', revision });

export const withdraw = ({ revision }: ButtonSubject): Intent => ({ type: 'withdraw', revision });

export const lookAgain = ({ revision }: ButtonSubject): Intent => ({
  type: 'look_again',
  revision,
});

export const tryAgain = ({ revision }: ButtonSubject): Intent => ({ type: 'try_again', revision });

export const chooseJob = ({ revision, about }: ButtonSubject): Intent | undefined =>
  about === undefined ? undefined : { type: 'choose_job', revision, jobId: about };

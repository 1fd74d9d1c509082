import type { Intent } from '../src/domain/request/decide';
import { type ButtonSubject, readButtonValue } from '../views/requestCard';
import type { ActingContext } from './context';
import type { ButtonArgs, Listener } from './listener';
import { performAction } from './performAction';

/** A button of a card that says all there is to say: what it means, by what it stands for. */
export function decideByButton(
  context: ActingContext,
  meaning: (subject: ButtonSubject) => Intent | undefined,
): Listener<ButtonArgs> {
  return async ({ ack, action, body, client }) => {
    await ack();
    const subject = readButtonValue(action.value);
    const intent = subject && meaning(subject);
    if (subject === undefined || intent === undefined) return;
    const { requestId } = subject;
    const done = { requestId, userId: body.user.id, intent };
    await performAction(context, client, done, body.channel?.id);
  };
}

/** Approve, where no destination has to be typed. */
export const approve = ({ revision, about }: ButtonSubject): Intent | undefined =>
  about === undefined ? { type: 'approve', revision } : undefined;

/** Whether Approve opens a form first, in which the destination is confirmed. */
export const asksDestination = ({ value }: ButtonArgs['action']): boolean =>
  readButtonValue(value)?.about !== undefined;

export const takeBack = ({ revision }: ButtonSubject): Intent => ({ type: 'take_back', revision });

export const withdraw = ({ revision }: ButtonSubject): Intent => ({ type: 'withdraw', revision });

export const lookAgain = ({ revision }: ButtonSubject): Intent => ({
  type: 'look_again',
  revision,
});

export const tryAgain = ({ revision }: ButtonSubject): Intent => ({ type: 'try_again', revision });

export const chooseJob = ({ revision, about }: ButtonSubject): Intent | undefined =>
  about === undefined ? undefined : { type: 'choose_job', revision, jobId: about };

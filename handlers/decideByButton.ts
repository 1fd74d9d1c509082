import type { DecidedByButton, Intent } from '../src/domain/request/intent';
import { type ButtonSubject, operationOf, readButtonValue } from '../views/cardButtons';
import type { ActingContext } from './context';
import type { ButtonArgs, Listener } from './listener';
import { performAction } from './performAction';
import { placeOf } from './sendEphemeral';
import { shownAt } from './shownAt';

/** A card's button that needs no form. `intent` is the action that its value means. */
export function decideByButton(
  context: ActingContext,
  meaning: (subject: ButtonSubject) => Intent | undefined,
): Listener<ButtonArgs> {
  return async ({ action, body, client }) => {
    const subject = readButtonValue(action.value);
    const intent = subject && meaning(subject);
    if (subject === undefined || intent === undefined) return;
    const { requestId } = subject;
    const shown = shownAt(subject, body);
    const done = { requestId, userId: body.user.id, intent, shown };
    await performAction(context, client, done, placeOf(body));
  };
}

/** Approve, if no form asks for the target. */
export const approveIntent = ({ revision, about }: ButtonSubject): Intent | undefined =>
  about === undefined ? { type: 'approve', revision } : undefined;

/** True if a click on Approve or Resume first opens a form. */
export const needsForm = ({ value }: ButtonArgs['action']): boolean =>
  readButtonValue(value)?.about !== undefined;

export const takeBack = (subject: ButtonSubject): Intent => ({
  ...{ type: 'take_back', revision: subject.revision },
  ...operationOf(subject),
});

export const withdraw = (subject: ButtonSubject): Intent => ({
  ...{ type: 'withdraw', revision: subject.revision },
  ...operationOf(subject),
});

export const lookAgain = ({ revision }: ButtonSubject): Intent => ({
  type: 'look_again',
  revision,
});

export function tryAgain({ revision, about }: ButtonSubject): Intent | undefined {
  if (about === undefined) return { type: 'try_again', revision };
  const attempt = Number(about);
  return Number.isInteger(attempt) ? { type: 'try_again', revision, attempt } : undefined;
}

export const chooseJob = ({ revision, about }: ButtonSubject): Intent | undefined =>
  about === undefined ? undefined : { type: 'choose_job', revision, jobId: about };

/** An operation on the job that needs no form. */
export const operateIntent =
  (type: Exclude<DecidedByButton, 'resume_job' | 'skip_check'>) =>
  ({ revision }: ButtonSubject): Intent => ({ type, revision });

/** Deletes a job that nobody has started. */
export const deleteIdle = ({ revision }: ButtonSubject): Intent => ({
  type: 'delete_job',
  revision,
  onlyIdle: true,
});

/** Resume, if no form asks what happens to the data in the target. */
export const resume = ({ revision, about }: ButtonSubject): Intent | undefined =>
  about === undefined ? { type: 'resume_job', revision, option: 'normal' } : undefined;

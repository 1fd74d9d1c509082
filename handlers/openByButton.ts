import type { ModalView } from '@slack/types';
import type { Refusal } from '../src/domain/request/refusal';
import type { Shown } from '../src/domain/request/shown';
import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { readButtonValue } from '../views/cardButtons';
import type { HandlerContext } from './context';
import type { ButtonArgs, Listener } from './listener';
import { openModal } from './openModal';
import { placeOf, sendEphemeral } from './sendEphemeral';
import { shownAt } from './shownAt';

/** What the form is about, for the form's metadata. */
interface FormPlace {
  /** The value of the button. */
  subject: string;
  /** The channel of the card, unless the button is on the Home tab or in a direct message. */
  channel?: string;
  /** The first message of the thread with the button. */
  ts?: string;
}

/** The form, or what to tell the person instead. */
export type FormOrWords =
  | { ok: true; view: ModalView }
  /** Without words, the person got them already. */
  | { ok: false; words: Text | undefined };

/**
 * The words of a refusal; none if the interaction was handled before, because the person got them
 * then.
 */
export const refusalWords = (messages: Messages, refusal: Refusal): Text | undefined =>
  refusal.code === 'handled_already' ? undefined : messages.refusal(refusal);

/** Opens the form of a button that names a request. */
export function openByButton(
  context: HandlerContext,
  formAbout: (requestId: number, place: FormPlace, shown: Shown) => Promise<FormOrWords>,
): Listener<ButtonArgs> {
  return async ({ action, body, client }) => {
    const { value: subject } = action;
    const read = readButtonValue(subject);
    if (subject === undefined || read === undefined) return;
    const recipient = { userId: body.user.id, ...placeOf(body) };
    const { channelId: channel } = recipient;
    const shown = shownAt(read, body);
    const place = {
      subject,
      ...(channel === undefined ? {} : { channel }),
      ...(shown.message === undefined ? {} : { ts: shown.message.ts }),
    };
    const form = await formAbout(read.requestId, place, shown);
    if (!form.ok) {
      if (form.words !== undefined) await sendEphemeral(client, context, recipient, form.words);
      return;
    }
    const where = { triggerId: body.trigger_id, ...recipient };
    await openModal(context, client, where, () => form.view);
  };
}

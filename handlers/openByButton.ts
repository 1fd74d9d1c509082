import type { ModalView } from '@slack/types';
import type { Text } from '../src/i18n/text';
import { readButtonValue } from '../views/cardButtons';
import type { HandlerContext } from './context';
import type { ButtonArgs, Listener } from './listener';
import { openModal } from './openModal';
import { placeOf, sendEphemeral } from './sendEphemeral';

/** What the form is about, for the form's metadata. */
interface FormPlace {
  /** The value of the button. */
  subject: string;
  /** The channel of the card, unless the button is on the Home tab or in a direct message. */
  channel?: string;
}

/** The form, or what to tell the person instead. */
export type FormOrWords = { ok: true; view: ModalView } | { ok: false; words: Text };

/** Opens the form of a button that names a request. */
export function openByButton(
  context: HandlerContext,
  formAbout: (requestId: number, place: FormPlace) => Promise<FormOrWords>,
): Listener<ButtonArgs> {
  return async ({ ack, action, body, client }) => {
    const { value: subject } = action;
    const read = readButtonValue(subject);
    if (subject === undefined || read === undefined) {
      await ack();
      return;
    }
    const recipient = { userId: body.user.id, ...placeOf(body) };
    const { channelId: channel } = recipient;
    const place = channel === undefined ? { subject } : { subject, channel };
    const form = await formAbout(read.requestId, place);
    if (!form.ok) {
      await ack();
      await sendEphemeral(client, context, recipient, form.words);
      return;
    }
    const where = { triggerId: body.trigger_id, ...recipient };
    await openModal(context, { ack, client }, where, () => form.view);
  };
}

import type { ModalView } from '@slack/types';
import type { Messages } from '../src/i18n/locales';
import { plainText } from './plainText';

export const denialFormId = 'denial_form';

/** The input of the denial form, by block_id and action_id. */
export const denialReason = { block: 'Reason', action: 'value' } as const;

/** Asks for the reason of a denial. `subject` is the button's value, kept until it is sent. */
export function buildDenialForm({ denial }: Messages, subject: string): ModalView {
  return {
    type: 'modal',
    callback_id: denialFormId,
    private_metadata: subject,
    title: plainText(denial.title),
    submit: plainText(denial.submit),
    close: plainText(denial.cancel),
    blocks: [
      {
        type: 'input',
        block_id: denialReason.block,
        label: plainText(denial.reason),
        hint: plainText(denial.hint),
        element: {
          type: 'plain_text_input',
          action_id: denialReason.action,
          multiline: true,
          max_length: 3000,
        },
      },
    ],
  };
}

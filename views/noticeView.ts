import type { ModalView } from '@slack/types';
import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { plainText } from './plainText';
import { richText } from './richText';

/** A view with one message and a close button. It replaces a submitted form, or precedes a form. */
export function buildNoticeView(
  messages: Messages,
  text: Text,
  title = messages.sent.title,
): ModalView {
  return {
    type: 'modal',
    title: plainText(title),
    close: plainText(messages.sent.close),
    blocks: [richText(text)],
  };
}

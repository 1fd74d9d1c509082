import type { ModalView } from '@slack/types';
import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { plainText } from './plainText';
import { richText } from './richText';

/** What stands in place of the form once it was sent: one message and a way to close it. */
export function buildNoticeView(messages: Messages, text: Text): ModalView {
  return {
    type: 'modal',
    title: plainText(messages.sent.title),
    close: plainText(messages.sent.close),
    blocks: [richText(text)],
  };
}

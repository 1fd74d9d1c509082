import type { ModalView } from '@slack/types';
import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { plainText } from './plainText';
import { richText } from './richText';

/** What stands in place of a form that was sent, or before it is there: one message and a way to close it. */
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

import type { HomeView } from '@slack/types';
import type { Messages } from '../src/i18n/locales';
import { channel } from '../src/i18n/text';
import { plainText } from './plainText';
import { richText } from './richText';

export const requestAction = 'request_migration';

/** The Home tab: what Ferry is for, and the way to the form. */
export function buildHome({ home }: Messages, approvalChannel: string): HomeView {
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plainText(home.title) },
      richText(home.intro(channel(approvalChannel))),
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: requestAction,
            style: 'primary',
            text: plainText(home.request),
          },
        ],
      },
    ],
  };
}

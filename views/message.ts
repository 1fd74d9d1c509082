import type { ActionsBlock, KnownBlock } from '@slack/types';
import { cut } from '../src/domain/text/cut';
import type { Text } from '../src/i18n/text';
import { mrkdwn } from './mrkdwn';

/** A message for Slack: the blocks, and the text for notifications. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** Characters of a message's text: Slack cuts or rejects longer text. */
export const longestText = 4_000;

/** The text of a message, for notifications and where Slack shows no blocks. */
export const messageText = (text: Text): string => cut(mrkdwn(text), longestText);

/** Buttons and menus in a row; no block without elements, which Slack rejects. */
export const actionRow = (blockId: string, elements: ActionsBlock['elements']): ActionsBlock[] =>
  elements.length === 0 ? [] : [{ type: 'actions', block_id: blockId, elements }];

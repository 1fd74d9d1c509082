import type { RichTextBlock } from '@slack/types';
import { join, type Text } from '../src/i18n/text';
import { mrkdwn } from './mrkdwn';
import { cut } from './plainText';
import type { Message } from './requestCard';
import { sectionOf } from './richText';

/** Lines of Ferry's, what happened in the first one, and what is set off from them. */
export interface Words {
  lines: readonly Text[];
  /** Somebody else's words. */
  quote?: string;
  /** Something to be copied as it is, and what it is. */
  copy?: { title: Text; text: string };
  /** What stands at the end, whatever comes before it. */
  end?: Text;
}

export function toMessage({ lines, quote, copy, end }: Words): Message {
  const elements: RichTextBlock['elements'] = [
    sectionOf(lines),
    ...(quote === undefined ? [] : [setOff('rich_text_quote', quote)]),
    ...(copy === undefined
      ? []
      : [sectionOf([copy.title]), setOff('rich_text_preformatted', copy.text)]),
    ...(end === undefined ? [] : [sectionOf([end])]),
  ];
  return {
    text: cut(mrkdwn(join(lines, '\n')), 4_000),
    blocks: [{ type: 'rich_text', elements }],
  };
}

const setOff = <Type extends 'rich_text_preformatted' | 'rich_text_quote'>(
  type: Type,
  text: string,
): { type: Type; elements: { type: 'text'; text: string }[] } => ({
  type,
  elements: [{ type: 'text', text }],
});

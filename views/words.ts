import type { RichTextBlock } from '@slack/types';
import { harmless } from '../src/domain/text/typedText';
import { join, quote as quoted, type Text } from '../src/i18n/text';
import { mrkdwn } from './mrkdwn';
import { cut } from './plainText';
import type { Message } from './requestCard';
import { elementsOf } from './richText';

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
    ...elementsOf(quote === undefined ? lines : [...lines, [quoted(quote)]]),
    ...(copy === undefined ? [] : [...elementsOf([copy.title]), preformatted(copy.text)]),
    ...(end === undefined ? [] : elementsOf([end])),
  ];
  return {
    text: cut(mrkdwn(join(lines, '\n')), 4_000),
    blocks: [{ type: 'rich_text', elements }],
  };
}

const preformatted = (text: string): RichTextBlock['elements'][number] => ({
  type: 'rich_text_preformatted',
  elements: [{ type: 'text', text: harmless(text, 'paragraphs') }],
});

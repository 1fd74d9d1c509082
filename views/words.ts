import type { RichTextBlock } from '@slack/types';
import { harmless } from '../src/domain/text/typedText';
import { join, quote as quoted, type Text } from '../src/i18n/text';
import { mrkdwn } from './mrkdwn';
import { cut } from './plainText';
import type { Message } from './requestCard';
import { elementsOf } from './richText';

/** Ferry's lines, with the event in the first one, and the parts that are formatted separately. */
export interface Words {
  lines: readonly Text[];
  /** Foreign words. */
  quote?: string;
  /** Text to copy, and its title. */
  copy?: { title: Text; text: string };
  /** The last line. */
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

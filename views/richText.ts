import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { type Part, type Text, utc } from '../src/i18n/text';

/**
 * Messages are built from rich text, not mrkdwn: a text element is shown as it is, so nothing that
 * a person or a server wrote can mention, link or format anything.
 */
export function richText(...lines: readonly Text[]): RichTextBlock {
  return { type: 'rich_text', elements: lines.map(section) };
}

/** Lines of text, one below the other, and foreign text set off as a quotation. */
export function withQuote(lines: readonly Text[], quote: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      ...lines.map(section),
      { type: 'rich_text_quote', elements: [{ type: 'text', text: quote }] },
    ],
  };
}

function section(line: Text, index: number, lines: readonly Text[]): RichTextSection {
  const elements = line.map(element);
  // Sections follow each other on one line unless the earlier one ends it.
  const isLast = index === lines.length - 1;
  return {
    type: 'rich_text_section',
    elements: isLast ? elements : [...elements, { type: 'text', text: '\n' }],
  };
}

function element(part: Part): RichTextElement {
  switch (part.kind) {
    case 'text':
      return part.bold === true
        ? { type: 'text', text: part.text, style: { bold: true } }
        : { type: 'text', text: part.text };
    case 'code':
      return { type: 'text', text: part.text, style: { code: true } };
    case 'person':
      return { type: 'user', user_id: part.userId };
    case 'group':
      return { type: 'usergroup', usergroup_id: part.groupId };
    case 'channel':
      return { type: 'channel', channel_id: part.channelId };
    case 'moment':
      return {
        type: 'date',
        timestamp: Math.floor(part.at.getTime() / 1_000),
        format: '{date_short_pretty}, {time}',
        fallback: utc(part.at),
      };
    default:
      return part satisfies never;
  }
}

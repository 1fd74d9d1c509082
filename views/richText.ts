import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { join, type Part, type Text, utc } from '../src/i18n/text';

/**
 * Messages are built from rich text, not mrkdwn: a text element is shown as it is, so nothing that
 * a person or a server wrote can mention, link or format anything.
 *
 * The lines are one section: how Slack spaces several is not documented.
 */
export function richText(...lines: readonly Text[]): RichTextBlock {
  return { type: 'rich_text', elements: [sectionOf(lines)] };
}

/** Lines of text, one below the other, and foreign text set off as a quotation. */
export function withQuote(lines: readonly Text[], quote: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      sectionOf(lines),
      { type: 'rich_text_quote', elements: [{ type: 'text', text: quote }] },
    ],
  };
}

export function sectionOf(lines: readonly Text[]): RichTextSection {
  return { type: 'rich_text_section', elements: join(lines, '\n').map(element) };
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
        format: momentFormat(part),
        fallback: utc(part.at),
      };
    case 'link':
      return { type: 'link', url: part.url, text: part.text };
    default:
      return part satisfies never;
  }
}

/** How Slack writes a moment, in the reader's own time. */
export const momentFormat = ({ ago }: Extract<Part, { kind: 'moment' }>): string =>
  ago === true ? '{ago}' : '{date_short_pretty}, {time}';

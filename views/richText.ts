import type { RichTextBlock, RichTextElement } from '@slack/types';
import { harmless, isolated } from '../src/domain/text/typedText';
import { join, type Part, type Text, utc } from '../src/i18n/text';
import { cut } from './plainText';

type Quote = Extract<Part, { kind: 'quote' }>;
type Unquoted = Exclude<Part, Quote>;

/**
 * Messages are built from rich text, not mrkdwn: a text element is shown as it is, so nothing that
 * a person or a server wrote can mention, link or format anything.
 *
 * The lines are one section, because how Slack spaces several is not documented; a quote ends it.
 */
export function richText(...lines: readonly Text[]): RichTextBlock {
  return { type: 'rich_text', elements: elementsOf(lines) };
}

/** Lines as the elements of a block, each quote as one of its own. */
export function elementsOf(lines: readonly Text[]): RichTextBlock['elements'] {
  const elements: RichTextBlock['elements'] = [];
  let section: Unquoted[] = [];
  for (const part of join(lines, '\n')) {
    if (part.kind !== 'quote') {
      section.push(section.length === 0 && elements.length > 0 ? withoutFirstBreak(part) : part);
      continue;
    }
    const before = withoutLastBreak(section);
    if (before.length > 0) elements.push(sectionOf(before));
    elements.push(quoteOf(part));
    section = [];
  }
  if (section.length > 0 || elements.length === 0) elements.push(sectionOf(section));
  return elements;
}

/** A quote has lines of its own: a break beside it would make an empty one. */
const withoutFirstBreak = (part: Unquoted): Unquoted =>
  part.kind === 'text' ? { ...part, text: part.text.replace(/^\n/, '') } : part;

function withoutLastBreak(parts: readonly Unquoted[]): readonly Unquoted[] {
  const last = parts.at(-1);
  if (last?.kind !== 'text') return parts;
  const text = last.text.replace(/\n$/, '');
  const rest = parts.slice(0, -1);
  return text === '' ? rest : [...rest, { ...last, text }];
}

const sectionOf = (parts: readonly Unquoted[]): RichTextBlock['elements'][number] => ({
  type: 'rich_text_section',
  // Slack refuses an empty text.
  elements: parts.filter((part) => part.kind !== 'text' || part.text !== '').map(element),
});

/** The longest text that people can type, which names of odd characters may not exceed either. */
const longestQuote = 3_000;

const quoteOf = ({ text }: Quote): RichTextBlock['elements'][number] => ({
  type: 'rich_text_quote',
  elements: [{ type: 'text', text: cut(harmless(text, 'paragraphs'), longestQuote) }],
});

function element(part: Unquoted): RichTextElement {
  switch (part.kind) {
    case 'text': {
      const text = harmless(part.text, 'paragraphs');
      return part.bold === true
        ? { type: 'text', text, style: { bold: true } }
        : { type: 'text', text };
    }
    case 'code':
      return {
        type: 'text',
        text: isolated(harmless(part.text, 'line')),
        style: { code: true },
      };
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

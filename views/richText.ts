import type { RichTextBlock, RichTextElement } from '@slack/types';
import { cut } from '../src/domain/text/cut';
import { harmless, isolated } from '../src/domain/text/typedText';
import { join, type Part, type Text, utc } from '../src/i18n/text';

type Quote = Extract<Part, { kind: 'quote' }>;
type Unquoted = Exclude<Part, Quote>;

/**
 * Messages use rich text instead of mrkdwn: text elements are shown literally, so foreign text
 * can't mention, link or format anything.
 *
 * The lines share one section, because Slack doesn't document the space between sections. A quote
 * ends the section.
 */
export function richText(...lines: readonly Text[]): RichTextBlock {
  return { type: 'rich_text', elements: elementsOf(lines) };
}

/** Converts lines to the elements of a block, with a separate element for each quote. */
export function elementsOf(lines: readonly Text[]): RichTextBlock['elements'] {
  const elements: RichTextBlock['elements'] = [];
  let section: Unquoted[] = [];
  for (const part of join(lines, '\n').filter(isShown)) {
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

/** Slack refuses a block with an empty text. */
const isShown = (part: Part): boolean => !('text' in part) || part.text !== '';

/** A quote begins a new line itself, so a line break before it would leave an empty one. */
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
  elements: parts.filter(isShown).map(element),
});

/**
 * The longest text that people can type. With the names of unusual characters, it may not be longer
 * either.
 */
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

/** Slack's format for a time in the reader's time zone. */
export const momentFormat = ({ ago }: Extract<Part, { kind: 'moment' }>): string =>
  ago === true ? '{ago}' : '{date_short_pretty}, {time}';
